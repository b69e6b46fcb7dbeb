/** Wherever an address says where to go next, it leads to a page of this site. */
import { parse } from "parse5";
import { expect, it } from "vitest";
import { BASE_URL, record } from "../testing.ts";
import { changes, nameOf, ROUTES } from "./route-table.ts";
import { requestOf, type World } from "./world.ts";

/** Ways to write an address of another site, or a program, so that it looks like a path. */
export const ELSEWHERE = [
  "//evil.example",
  "///evil.example",
  "////evil.example/%2e%2e",
  "/\\evil.example",
  "\\\\evil.example",
  "\\/evil.example",
  "/\\/evil.example",
  "/%2f%2fevil.example/..",
  "/%5cevil.example",
  "/.//evil.example",
  "/..//evil.example",
  "/./\\evil.example",
  "/a/..//evil.example",
  "/a/../..//evil.example",
  "/%2e%2e//evil.example",
  "https://evil.example",
  "https:evil.example",
  "https:/evil.example",
  "http:///evil.example",
  "HTTPS://EVIL.example",
  "https://papers.example.org@evil.example/",
  "https://papers.example.org.evil.example/",
  "https://evil.example#papers.example.org",
  "@evil.example",
  "evil.example",
  ".evil.example",
  ":8443/",
  "/\t/evil.example",
  "/\n/evil.example",
  "/\r\n//evil.example",
  "\t//evil.example",
  " //evil.example",
  "/\0/evil.example",
  "/ok\r\nLocation: https://evil.example",
  "/ok%0d%0aLocation:%20https://evil.example",
  "/\u2028/evil.example",
  "/\u00a0/evil.example",
  "\u2215\u2215evil.example",
  "\uff0f\uff0fevil.example",
  "/\uff0fevil.example",
  "/\u3002evil.example",
  "javascript:alert(1)",
  "JavaScript:alert(1)",
  "java\nscript:alert(1)",
  "/javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:x",
  "file:///etc/passwd",
  "blob:https://evil.example/1",
  "view-source:https://evil.example",
  "?next=//evil.example",
  "#//evil.example",
  `/${"a".repeat(5_000)}`,
];

export function leadChecks(open: () => World): void {
  it("leads nobody to another site, whatever an address says is next", async () => {
    const { site, things, others } = open();
    const reader = others[1]!.headers;
    const curator = others[2]!.headers;
    const wrong: string[] = [];
    const routes = ROUTES.filter(({ leads }) => leads);
    expect(routes.length).toBeGreaterThan(10);
    for (const route of routes) {
      for (const text of ELSEWHERE) {
        const named = Object.fromEntries(route.leads!.map((name) => [name, text]));
        // Pages of the doors are for those who are not signed in yet, and for those who are.
        for (const headers of route.who === "curator" ? [curator] : [{}, reader]) {
          const asking = { things, headers, query: named, fields: { ...route.fields, ...named } };
          const answer = await site.app.request(requestOf(route, asking));
          site.passTime(60_000);
          for (const to of await waysOutOf(answer)) wrong.push(`${nameOf(route)} with ${JSON.stringify(text)}: ${to}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it("sends on from a slash too many without taking the next word for a host", async () => {
    const { site, things } = open();
    await site.takeIn([record("2503.00008", "Twice here"), record("2503.00009", "Here twice")]);
    const [keep, other] = ["2503.00008", "2503.00009"];
    await site.store.merges.merge({ papers: [keep!, other!], keep: keep!, evidence: null, by: "@mo" });
    const merged = { ...ROUTES.find(({ path }) => path === "/papers/:id{.+}")!, at: `/papers/${other}` };
    for (const route of [merged, ...ROUTES.filter((one) => !changes(one))]) {
      const url = new URL(requestOf(route, { things }).url);
      for (const slashes of ["//", "/\\", "///"]) {
        const answer = await site.app.request(
          new Request(`${BASE_URL}${slashes}${url.pathname.slice(1)}${url.search}`),
        );
        expect([route.at, await waysOutOf(answer)]).toEqual([route.at, []]);
      }
    }
  });
}

/** Where an answer would take a browser that is not here; forms that ask another site who somebody is have a page of their own. */
async function waysOutOf(answer: Response): Promise<string[]> {
  const found: string[] = [];
  const look = (to: string | undefined) => {
    if (to === undefined) return;
    const url = URL.canParse(to, BASE_URL) ? new URL(to, BASE_URL) : undefined;
    if (url === undefined || url.origin !== BASE_URL) found.push(to);
  };
  look(answer.headers.get("location") ?? undefined);
  if (answer.headers.get("refresh") !== null) found.push("refresh");
  if (!answer.headers.get("content-type")?.startsWith("text/html")) return found;
  const visit = (node: object) => {
    const { attrs = [], childNodes = [] } = node as Parsed;
    const value = (name: string) => attrs.find((one) => one.name === name)?.value;
    for (const name of ["action", "formaction"]) look(value(name));
    if (/evil/i.test(value("href") ?? "")) look(value("href"));
    for (const child of childNodes) visit(child);
  };
  visit(parse(await answer.text()));
  return found;
}

type Parsed = { attrs?: { name: string; value: string }[]; childNodes?: object[] };
