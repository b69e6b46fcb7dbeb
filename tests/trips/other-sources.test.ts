/** Papers from other places than arXiv, and what others know of them: every command against a server of our own. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  aclDoor,
  crossrefDoor,
  type Door,
  openReviewDoor,
  preprintDoor,
  worksOf,
} from "../../packages/ingest/src/replay/works.ts";
import { House } from "./command.ts";

/** The commands wait three seconds between two requests. */
const LIMIT_MS = 240_000;
const works = worksOf("2026-11-20", 3);
const taken = () => works.map((work, at) => (at === 0 ? { ...work, takenBack: true } : work));

describe("other sources", () => {
  let house: House;
  let server: Server;
  const asked: { path: string; agent: string | undefined }[] = [];
  const env = () => ({
    SOURCES_MIRROR: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    SEED_EDITION: "off",
    CONTACT: "ops@example.org",
  });
  const doors: Record<string, Door> = {
    openreview: openReviewDoor(() => works),
    preprints: preprintDoor(() => works, 100),
    crossref: crossrefDoor(taken),
    acl: aclDoor(() => works),
    github: () => ({
      body: JSON.stringify({ stargazers_count: 41, size: 7, license: { spdx_id: "MIT" } }),
      type: "application/json",
    }),
  };
  beforeAll(async () => {
    house = await House.open();
    server = createServer(async (request, response) => {
      const url = new URL(request.url!, "http://localhost");
      asked.push({ path: url.pathname, agent: request.headers["user-agent"] });
      let body = "";
      for await (const part of request) body += part;
      if (url.pathname.startsWith("/semantic-scholar/")) {
        const { ids } = JSON.parse(body) as { ids: string[] };
        return void response.end(JSON.stringify(ids.map(() => ({ citationCount: 9, externalIds: {} }))));
      }
      const answer = doors[url.pathname.split("/")[1]!]?.(url);
      response.writeHead(answer ? 200 : 404, { "content-type": answer?.type ?? "text/plain" }).end(answer?.body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    await house?.close();
    server?.closeAllConnections();
    server?.close();
  });
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await house.run(args, { env: env() });
    expect([args, code, stderr.replace(/^(?:Harvesting|Looking).*\n/gm, "")]).toEqual([args, 0, ""]);
    return stdout;
  };

  it(
    "are harvested, each under the names that its papers have there",
    async () => {
      const sets = { openreview: "Venue.cc/2026/Conference", acl: "2026.tests", preprints: "biorxiv" };
      const added: number[] = [];
      for (const [source, set] of Object.entries(sets)) {
        const told = JSON.parse(await run("harvest", source, "--sets", set, "--since", "2026-11-19", "--json"));
        added.push(told.added);
        expect(told).toMatchObject({ set, read: 3, refused: 0 });
      }
      // The same three works by the same people, told of three times.
      expect(added[0]).toBe(3);
      expect(asked.every(({ agent }) => agent === "Paperwire/0.1 (ops@example.org)")).toBe(true);
    },
    LIMIT_MS,
  );

  it(
    "say what was taken back, and the page of the paper says so, too",
    async () => {
      expect(JSON.parse(await run("harvest", "crossref", "--json", "--sets", "known"))).toMatchObject({ refused: 0 });
      const site = await house.serve(env());
      // Not by a search: the index may still be catching up.
      const found = (await (await fetch(`${site.address}/api/papers?limit=100`)).json()) as {
        paper: { notices?: unknown[] };
      }[];
      expect(found.flatMap(({ paper }) => paper.notices ?? [])).toContainEqual({
        kind: "retracted",
        source: "Crossref",
        date: "2026-11-20",
        url: "https://doi.org/10.1234/notice",
      });
      site.child.kill("SIGTERM");
      await new Promise((resolve) => site.child.on("exit", resolve));
    },
    LIMIT_MS,
  );

  it(
    "a library in BibTeX comes in; its links are looked at, its citations asked for",
    async () => {
      const library = `@article{a, title = {A paper with code that is there}, author = {Author, Ada}, year = 2026, doi = {10.1234/code},
        note = {https://github.com/example/code}}\n@article{b, title = {Broken}`;
      const imported = await house.run(["import", "--json", "-"], { env: env(), input: Buffer.from(library) });
      expect([imported.code, JSON.parse(imported.stdout)]).toMatchObject([
        2,
        { format: "bibtex", added: 1, refused: 1 },
      ]);
      expect(await run("links", "check", "--limit", "20")).toMatch(/1 there/);
      expect(await run("citations")).toMatch(/known/);
      expect(await run("citations")).toContain("0 papers asked for");
      expect(asked.some(({ path }) => path === "/github/repos/example/code")).toBe(true);
    },
    LIMIT_MS,
  );

  it(
    "say what is wrong with a question",
    async () => {
      const cases: [string[], string][] = [
        [["harvest", "openreview"], "say what with --sets"],
        [["harvest", "acl", "--sets", "x/../y"], "no collection of the ACL Anthology"],
        [["harvest", "hf", "--sets", "ftp://example.org"], "not the address of a server"],
        [["harvest", "crossref", "--sets", "everything"], 'neither "known" nor a DOI'],
        [["links", "check", "--limit", "none"], "whole number from 1"],
      ];
      for (const [args, reason] of cases) {
        // The one that was harvested before needs no set.
        const fresh = args[1] === "openreview" ? { PAPERWIRE_DATA: `${house.folder}/fresh` } : {};
        const { code, stderr } = await house.run(args, { env: { ...env(), ...fresh } });
        expect([code, stderr]).toEqual([1, expect.stringContaining(reason)]);
      }
    },
    LIMIT_MS,
  );
});
