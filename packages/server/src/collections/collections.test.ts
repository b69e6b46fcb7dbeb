import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AccountSite, openAccountSite } from "../account/testing.ts";
import { livePartsOf } from "../hostile/live-parts.ts";
import { XSS_PAYLOADS } from "../hostile/xss-payloads.ts";

const [FIRST, SECOND] = ["2503.00001", "2503.00002"];

describe("collections on the site", () => {
  let site: AccountSite;
  let ada: Awaited<ReturnType<AccountSite["signedIn"]>>;
  let bo: typeof ada;
  beforeAll(async () => {
    site = await openAccountSite();
    ada = await site.signedIn("ada@example.org", { handle: "ada" });
    bo = await site.signedIn("bo@example.org", { handle: "bo" });
  });
  afterAll(() => site.close());

  async function begun(fields: Record<string, string>) {
    const path = (await ada.post("/collections", fields)).headers.get("location")!;
    return { path, id: path.split("-").at(-1)!.toUpperCase() };
  }

  it("begin from a paper, hold notes, keep an order, and are lists with feeds", async () => {
    expect(await ada.page(`/papers/${FIRST}`)).toContain(`/collections/add?paper=${FIRST}`);
    expect(await ada.page(`/collections/add?paper=${FIRST}`)).toContain("Begin it with this paper");
    const { path, id } = await begun({ title: "To read: Über alles", note: "Soon", paper: FIRST });
    expect(path).toMatch(/^\/collections\/ada\/to-read-uber-alles-01[0-9a-z]{24}$/);
    await ada.post(`/collections/${id}/items`, { act: "add", paper: SECOND });
    await ada.post(`/collections/${id}/items`, { act: "note", paper: SECOND, note: "see section 3" });
    await ada.post(`/collections/${id}/items`, { act: "up", paper: SECOND });
    const page = await site.visitor().page(path);
    expect(page.indexOf(`/papers/${SECOND}`)).toBeLessThan(page.indexOf(`/papers/${FIRST}`));
    expect(page).toContain("see section 3");
    expect(page).not.toContain("Take out");
    for (const form of ["atom", "bib", "json", "md"]) {
      expect([form, (await site.visitor().get(`${path}.${form}`)).status]).toEqual([form, 200]);
    }
    await ada.post(`/collections/${id}/items`, { act: "take", paper: SECOND });
    expect(await ada.page(path)).not.toContain(`/papers/${SECOND}`);
  });

  it("are private where their owner says so: page, feeds, lists and API", async () => {
    const { path, id } = await begun({ title: "Secret plans", private: "on", paper: FIRST });
    expect(await ada.page(path)).toContain("Private collection");
    for (const reader of [bo, site.visitor()]) {
      for (const end of ["", ".atom", ".bib", ".md"]) expect((await reader.get(path + end)).status).toBe(404);
      expect(await reader.page("/collections")).not.toContain("Secret plans");
    }
    expect((await site.get(`/api${path}`)).status).toBe(404);
    expect(await (await site.get("/api/collections?owner=ada")).text()).not.toContain("Secret");
    for (const [act, fields] of [
      ["edit", { title: "Mine now" }],
      ["delete", {}],
      ["items", { act: "add", paper: SECOND }],
      ["items", { act: "take", paper: FIRST }],
      ["items", { act: "up", paper: FIRST }],
    ] as const) {
      expect((await bo.post(`/collections/${id}/${act}`, fields)).status).toBe(404);
      expect((await ada.post(`/collections/${id}/${act}`, fields, { "sec-fetch-site": "cross-site" })).status).toBe(
        403,
      );
    }
    expect(await ada.page(path)).toContain("Secret plans");
  });

  it("are read over the API as clients expect them", async () => {
    const { path } = await begun({ title: "For programs", note: "What it is", paper: FIRST });
    const list = await (await site.get(`/api/collections?item=papers/${FIRST}&limit=1`)).json();
    expect(list).toHaveLength(1);
    const one = await (await site.get(`/api${path}`)).json();
    expect(one).toMatchObject({
      slug: path.replace("/collections/", ""),
      title: "For programs",
      description: "What it is",
      private: false,
      owner: { name: "ada" },
      items: [{ id: FIRST, type: "paper", position: 0, title: "A paper" }],
    });
    expect(one.items[0]["_id"]).toMatch(/^[0-9a-f]{24}$/);
  });

  it("show hostile titles and notes as the text they are", async () => {
    const { path, id } = await begun({ title: "x", paper: FIRST });
    const calm = livePartsOf(mainOf(await site.visitor().page(path)));
    for (const payload of XSS_PAYLOADS) {
      const text = { title: payload.slice(0, 120).replaceAll("\0", ""), note: payload.replaceAll("\0", "") };
      await site.store.collections.edit(ada.id, id, { ...text, isPrivate: false });
      await site.store.collections.put(ada.id, id, { paperId: FIRST, note: text.note });
      await site.takeIn([]);
      const moved = (await site.visitor().get(path)).headers.get("location") ?? path;
      const live = livePartsOf(mainOf(await site.visitor().page(moved)));
      expect([payload, live.length]).toEqual([payload, calm.length]);
    }
  });
});

const mainOf = (page: string) => /<main[^]*<\/main>/.exec(page)![0];
