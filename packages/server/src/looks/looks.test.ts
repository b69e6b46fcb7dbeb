import { createDiscovery, openLibrary } from "@paperwire/discovery";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { account, accountsByCookie, NOW_MS, openSite, record, type SiteUnderTest } from "../testing.ts";
import { createLooksCounter, type LooksCounter } from "./count-looks.ts";

const FIREFOX = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0" };
const IDS = ["2503.00001", "2503.00002", "2503.00003"];

describe("looks on the site", () => {
  let site: SiteUnderTest;
  let looks: LooksCounter;
  beforeAll(async () => {
    const entry = (position: number) => ({ edition: "2025-03-28", position, upvotes: 10 - position });
    const open = await openSite(IDS.map((id, at) => record(id, `Paper ${at}`, { entry: entry(at + 1) })));
    looks = createLooksCounter({ store: open.store, clock: () => NOW_MS });
    site = open.changed(() => ({ looks, accounts: accountsByCookie([account("ada")]) }));
  });
  afterAll(() => site.close());

  /** Counts by place of the papers, as they grew by what `ask` does. */
  async function grown(ask: () => Promise<unknown>): Promise<number[]> {
    const counts = async () => {
      await looks.flush();
      const rows = await site.store.looks.listFor(IDS);
      return IDS.map((id, at) => rows.find(({ paperId, bucket }) => paperId === id && bucket === at)?.count ?? 0);
    };
    const before = await counts();
    await ask();
    return (await counts()).map((count, at) => count - before[at]!);
  }

  it("are counted whether a page is made, kept, known already, or one reader's own", async () => {
    let etag = "";
    expect(
      await grown(async () => {
        etag = (await site.get("/date/2025-03-28", FIREFOX)).headers.get("etag")!;
      }),
    ).toEqual([1, 1, 1]);
    expect(await grown(() => site.get("/date/2025-03-28", FIREFOX))).toEqual([1, 1, 1]);
    expect(
      await grown(async () => {
        const known = await site.get("/date/2025-03-28", { ...FIREFOX, "if-none-match": etag });
        expect(known.status).toBe(304);
      }),
    ).toEqual([1, 1, 1]);
    expect(await grown(() => site.get("/date/2025-03-28", { ...FIREFOX, cookie: "reader=ada" }))).toEqual([1, 1, 1]);
    expect(await grown(() => site.get("/trending", FIREFOX))).toEqual([1, 1, 1]);
  });

  it("are not counted of programs, feeds, papers' own pages, and those who ask to be left alone", async () => {
    const nobody = await grown(async () => {
      await site.get("/date/2025-03-28");
      await site.get("/date/2025-03-28", { ...FIREFOX, dnt: "1" });
      await site.get("/date/2025-03-28", { ...FIREFOX, "sec-purpose": "prefetch" });
      for (const path of ["/latest.atom", "/date/2025-03-28.md", "/date/2025-03-28.bib", "/date/2025-03-27"]) {
        await site.get(path, FIREFOX);
      }
      await site.get(`/papers/${IDS[0]}`, FIREFOX);
      await site.get("/search?q=paper", FIREFOX);
    });
    expect(nobody).toEqual([0, 0, 0]);
  });

  it("end for an address that asks again and again, and are told in the reasons of trending", async () => {
    const [first] = await grown(async () => {
      for (let at = 0; at < 150; at++) await site.get("/", FIREFOX);
    });
    expect(first).toBeLessThanOrEqual(120);
    for (const handle of ["bo", "cy"]) {
      await site.store.accounts.add({ id: handle, handle, name: handle, email: `${handle}@example.org`, trust: 1 });
      await site.store.upvotes.add(handle, IDS[0]!);
    }
    // Reasons rest on what was known when trending was last counted.
    const library = await openLibrary({ store: site.store, folder: null, onError: (error) => Promise.reject(error) });
    const discovery = createDiscovery({ store: site.store, library });
    const page = await site.changed(() => ({ discovery })).page(`/trending?why=${IDS[0]}`);
    expect(page).toMatch(/How often it was seen<\/th><td>about \d+ looks by its places in our lists/);
    await library.close();
  });
});
