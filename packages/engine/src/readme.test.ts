/** The examples of the README run as they stand there. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as engine from "./index.ts";
import * as node from "./node/index.ts";

const README = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const BLOCKS = [...README.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1]);
const MODULES: Readonly<Record<string, unknown>> = { "@paperwire/engine": engine, "@paperwire/engine/node": node };

/** What the text of the README has at hand when it comes to an example. */
const schema: engine.Schema = {
  fields: {
    title: { weight: 2.5 },
    abstract: { weight: 1 },
    authors: { weight: 1, kind: "name" },
    arxiv: { weight: 1, kind: "identifier" },
  },
  facets: { day: "number", topics: "keyword", code: "flag", year: "number" },
};
const title = "Sparse attention";
const abstract = "Sparse attention looks at few words.";
const upserts: engine.IndexedDocument[] = [{ id: "2401.00001", fields: { title, abstract, authors: "Ada Lund" } }];

async function run(block: string, folder: string): Promise<void> {
  const index = engine.createIndex(schema);
  index.upsert(upserts);
  const context = { modules: MODULES, schema, title, abstract, upserts, index, result: index.search("sparse") };
  const code = stripTypeScriptTypes(block.replace("data/index", folder)).replace(
    /^import (\{[^}]+\}) from ("[^"]+");/gm,
    "const $1 = modules[$2];",
  );
  // In braces of its own, an example may give its names anew; a schema that stands there must be one.
  const body = `return (async () => {{ ${code}\n modules["@paperwire/engine"].createIndex(schema); }})();`;
  await (new Function(...Object.keys(context), body)(...Object.values(context)) as Promise<void>);
}

describe("the examples of the README", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "paperwire-readme-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("are there", () => expect(BLOCKS.length).toBeGreaterThanOrEqual(7));

  it.each(BLOCKS.map((block, at) => ({ at, first: block.split("\n")[0], block })))(
    "number $at runs: $first",
    async ({ block }) => {
      const said = vi.spyOn(console, "log").mockImplementation(() => {});
      await run(block, join(folder, "index"));
      for (const [value] of said.mock.calls) expect(value).toEqual([{ id: "2401.00001", score: expect.any(Number) }]);
      said.mockRestore();
    },
  );
});
