/** A server on this machine that speaks arXiv's query API as documented, with the faults that it is told to have. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export function entryXml(id: string, { title = `Paper ${id}`, summary = "What it says.", comment = "" } = {}): string {
  return `<entry>
  <id>http://arxiv.org/abs/${id}v2</id>
  <updated>2025-03-05T12:00:00Z</updated>
  <published>2025-03-01T12:00:00Z</published>
  <title>${title}</title>
  <summary>  ${summary}
  </summary>
  <author><name>Ada A.</name><arxiv:affiliation>Somewhere</arxiv:affiliation></author>
  <author><name>Ben B.</name></author>
  ${comment && `<arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">${comment}</arxiv:comment>`}
  <link href="http://arxiv.org/abs/${id}v2" rel="alternate" type="text/html"/>
  <arxiv:primary_category term="cs.CV" scheme="http://arxiv.org/schemas/atom"/>
  <category term="cs.CV" scheme="http://arxiv.org/schemas/atom"/>
  <category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
</entry>`;
}

export function feedXml(...entries: string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
<title type="html">ArXiv Query</title><id>http://arxiv.org/api/x</id>
<opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">${entries.length}</opensearch:totalResults>
${entries.join("\n")}
</feed>\n`;
}

export type Fault = (response: ServerResponse, request: IncomingMessage) => void;

export type ArxivServer = {
  url: string;
  requests: { ids: string[]; maxResults: string | null; userAgent: string | undefined }[];
  close(): Promise<void>;
};

/**
 * @param faults the first requests get these, in this order; then it answers well
 * @param knows which ids it has papers for
 */
export async function openArxivServer(faults: Fault[] = [], knows = (_id: string) => true): Promise<ArxivServer> {
  const requests: ArxivServer["requests"] = [];
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? "", "http://localhost").searchParams;
    const ids = (query.get("id_list") ?? "").split(",");
    requests.push({ ids, maxResults: query.get("max_results"), userAgent: request.headers["user-agent"] });
    const fault = faults.shift();
    if (fault) return fault(response, request);
    response.setHeader("content-type", "application/atom+xml; charset=utf-8");
    response.end(feedXml(...ids.filter(knows).map((id) => entryXml(id))));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/query`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
