import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSite, record, type SiteUnderTest } from "../testing.ts";

const paper = (id: string, field: string, edition: string, upvotes: number) =>
  record(id, `Paper ${id}`, { facts: { primaryCategory: field, categories: [field] }, entry: { edition, upvotes } });

/** A busy field and a quiet one, over some days. */
const RECORDS = Array.from({ length: 8 }, (_, day) => {
  const edition = `2025-03-${20 + day}`;
  return [
    ...Array.from({ length: 6 }, (_, n) => paper(`2503.${day}00${n}0`, "cs.CL", edition, 20 + n)),
    paper(`2503.${day}0099`, "math.CV", edition, 1),
  ];
}).flat();

describe("the trending papers", () => {
  let site: SiteUnderTest;
  beforeAll(async () => {
    site = await openSite([
      ...RECORDS,
      paper("2503.11111", "math.CV", "2025-03-28", 8),
      paper("2503.22222", "cs.CL", "2025-03-28", 30),
      paper("2503.33333", "cs.CL", "2025-03-27", 90),
    ]);
  });
  afterAll(() => site?.close());

  const titles = (html: string) => [...html.matchAll(/Paper (2503\.\d{5})<\/a>/g)].map((found) => found[1]);

  it("put a quiet field's favourite before a busy field's usual", async () => {
    expect(titles(await site.page("/trending?window=day"))).toEqual(["2503.11111", "2503.22222"]);
  });

  it("are those of the week unless another window is asked for, and turn with the dials in the address", async () => {
    const week = titles(await site.page("/trending"));
    expect(week.length).toBeGreaterThan(20);
    const proven = titles(await site.page("/trending?community=100&fresh=0"));
    expect(proven.slice(0, 2)).toContain("2503.33333");
    const mine = titles(await site.page("/trending?fields=math.CV&mine=100"));
    expect(mine.slice(0, 3)).toContain("2503.70099");
    expect(await site.page("/trending?fields=math.CV,cs.ZZ")).toContain("None of these papers is of “cs.zz”, so");
    expect(await site.page("/trending?fields=math")).not.toContain("None of these papers");
  });

  it("say why each stands where it does, in parts that add up as shown", async () => {
    const html = await site.page("/trending?window=day&why=2503.11111");
    expect(html).toContain("8 votes, where");
    expect(html).toContain("are usual in math.CV");
    expect(html).toContain("Its field’s share");
    expect(html).toContain("math.CV has 1 of these 2 papers");
    const values = [...html.matchAll(/<td class="number">(-?[\d.]+)<\/td>/g)].map((found) => Number(found[1]));
    expect(values.slice(0, -1).reduce((a, b) => a + b, 0)).toBeCloseTo(values.at(-1)!, 2);
  });

  it("are Markdown and a feed, too, at the same address", async () => {
    expect(await site.page("/trending.md?window=day")).toContain("Paper 2503.11111");
    expect(await site.page("/trending.atom?window=day")).toContain("Paper 2503.11111");
    const alias = await site.get("/papers/trending");
    expect(alias.headers.get("location")).toBe("/trending");
  });

  it("need no script: the dials are a form", async () => {
    const html = await site.page("/trending?fields=cs.CL&window=month&community=80");
    expect(html).toMatch(/<input type="range"[^>]*name="community"[^>]*value="80"/);
    expect(html).toContain('<input type="hidden" name="window" value="month"');
    expect(html).toMatch(/name="mine"/);
  });

  it("have one address for one order, whatever a form sends along", async () => {
    for (const [sent, kept] of [
      ["window=week&community=75&fresh=50&fields=", "community=75"],
      ["window=month&community=50&fresh=50&mine=50&fields=cs.CL&page=2", "window=month&fields=cs.CL&page=2"],
      ["community=50&why=2503.11111", "why=2503.11111"],
    ]) {
      const answer = await site.get(`/trending?${sent}`);
      expect([answer.status, answer.headers.get("location")?.toLowerCase()]).toEqual([
        302,
        `/trending?${kept!.toLowerCase()}`,
      ]);
      expect((await site.get(`/trending?${kept}`)).status).toBe(200);
    }
    expect((await site.get("/trending.atom?community=50")).headers.get("location")).toBe("/trending.atom");
  });

  it("say so where there is nothing", async () => {
    const empty = await openSite([]);
    expect(await empty.page("/trending")).toContain("Nothing is trending here yet");
    await empty.close();
  });
});
