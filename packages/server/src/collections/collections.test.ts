import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AccountSite, formKeyIn, openAccountSite } from "../account/testing.ts";
import { livePartsOf } from "../hostile/live-parts.ts";
import { XSS_PAYLOADS } from "../hostile/xss-payloads.ts";
import { record } from "../testing.ts";

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
    const moved = await ada.post(`/collections/${id}/items`, { act: "move", paper: SECOND, to: "1" });
    expect(moved.headers.get("location")).toBe(`${path}?did=move&paper=${SECOND}#paper-${SECOND}`);
    const page = await site.visitor().page(path);
    expect(page.indexOf(`/papers/${SECOND}`)).toBeLessThan(page.indexOf(`/papers/${FIRST}`));
    expect(page).toContain("see section 3");
    expect(page).not.toContain("Take out");
    for (const form of ["atom", "bib", "json", "md"]) {
      expect([form, (await site.visitor().get(`${path}.${form}`)).status]).toEqual([form, 200]);
    }
    const taken = await ada.post(`/collections/${id}/items`, { act: "take", paper: SECOND });
    const after = await ada.page(taken.headers.get("location")!);
    expect(after).toContain("Put it back");
    expect(after).not.toContain("see section 3");
    expect(await site.visitor().page(taken.headers.get("location")!)).not.toContain("Put it back");
    await ada.post(`/collections/${id}/items`, { act: "add", paper: SECOND });
    expect(await site.visitor().page(path)).toContain("see section 3");
    const deleted = (await ada.post(`/collections/${id}/delete`)).headers.get("location")!;
    expect((await ada.get(path)).status).toBe(404);
    expect(await ada.page(deleted)).toContain(`/collections/${id}/restore`);
    expect((await bo.post(`/collections/${id}/restore`)).status).toBe(404);
    expect((await ada.post(`/collections/${id}/restore`)).headers.get("location")).toBe(`${path}?did=restored`);
    expect(await site.visitor().page(path)).toContain("see section 3");
  });

  it("are private where their owner says so: page, feeds, lists and API", async () => {
    const { path, id } = await begun({ title: "Secret plans", private: "on", paper: FIRST });
    expect(await ada.page(path)).toContain("Private collection");
    for (const reader of [bo, site.visitor()]) {
      for (const end of ["", ".atom", ".bib", ".md"]) expect((await reader.get(path + end)).status).toBe(404);
      expect(await reader.page("/collections")).not.toContain("Secret plans");
      expect(await reader.page("/@ada")).not.toContain("Secret plans");
    }
    expect((await site.get(`/api${path}`)).status).toBe(404);
    expect(await (await site.get("/api/collections?owner=ada")).text()).not.toContain("Secret");
    for (const [act, fields] of [
      ["edit", { title: "Mine now" }],
      ["delete", {}],
      ["items", { act: "add", paper: SECOND }],
      ["items", { act: "take", paper: FIRST }],
      ["items", { act: "move", paper: FIRST, to: "1" }],
    ] as const) {
      expect((await bo.post(`/collections/${id}/${act}`, fields)).status).toBe(404);
      expect((await ada.post(`/collections/${id}/${act}`, fields, { "sec-fetch-site": "cross-site" })).status).toBe(
        403,
      );
    }
    expect(await ada.page(path)).toContain("Secret plans");
  });

  it("are taken along by their owner, private ones, too, and kept by no cache", async () => {
    const { path, id } = await begun({ title: "Secret reading", private: "on", paper: FIRST });
    expect(await ada.page(path)).toContain(`/collections/${id}/export/bibtex`);
    for (const [name, type, words] of [
      ["bibtex", "application/x-bibtex", "@misc{"],
      ["ris", "application/x-research-info-systems", "TY  - "],
      ["csl-json", "application/vnd.citationstyles.csl+json", '"A paper"'],
      ["json", "application/feed+json", '"A paper"'],
      ["markdown", "text/markdown", "# Secret reading"],
    ]) {
      const answer = await ada.get(`/collections/${id}/export/${name}`);
      expect([name, answer.status, answer.headers.get("cache-control")]).toEqual([name, 200, "no-store"]);
      expect(answer.headers.get("content-type")).toContain(type);
      expect(await answer.text()).toContain(words);
      expect((await bo.get(`/collections/${id}/export/${name}`)).status).toBe(404);
      expect((await site.visitor().get(`/collections/${id}/export/${name}`)).status).toBe(303);
    }
    expect((await ada.get(`/collections/${id}/export/exe`)).status).toBe(404);
  });

  it("are begun once by a form that is sent twice, and can be put back by it", async () => {
    const fields = { title: "Pressed twice", paper: FIRST, "form-key": formKeyIn(await ada.page("/collections")) };
    const [one, two] = [await begun(fields), await begun(fields)];
    expect(two).toEqual(one);
    expect((await begun({ ...fields, title: "Another" })).id).not.toBe(one.id);
    await ada.post(`/collections/${one.id}/delete`);
    expect((await begun(fields)).path).toBe(`/collections?deleted=${one.id}`);
  });

  it("say at the field what is wrong, with everything typed still there", async () => {
    const blank = { title: " ", note: "Kept <words>", private: "on" };
    for (const [path, fields, stays] of [
      ["/collections", blank, "<summary>Begin"],
      ["/collections", { ...blank, paper: FIRST, back: "/?page=2" }, 'href="/?page=2"'],
      [`/collections/${(await begun({ title: "Old" })).id}/edit`, blank, "Delete this collection"],
    ] as const) {
      const answer = await ada.post(path, fields);
      const page = await answer.text();
      expect([path, answer.status]).toEqual([path, 400]);
      expect(page).toContain(stays);
      expect(page).toMatch(/<input [^>]*name="title"[^>]* aria-invalid/);
      expect(page).toMatch(/role="alert">A collection needs a title\./);
      expect(page).toContain('value="Kept &lt;words>"');
      expect(page).toMatch(/name="private" checked/);
      expect(page).toContain(">@ada</summary>");
    }
  });

  it("bring a note that is too long back to its paper, on whichever page that is", async () => {
    const { path, id } = await begun({ title: "Two pages" });
    const others = Array.from({ length: 50 }, (_, at) => `2502.${10_000 + at}`);
    await site.takeIn(others.map((one) => record(one, `Filler ${one}`)));
    for (const paper of [...others, FIRST]) await ada.post(`/collections/${id}/items`, { act: "add", paper });
    const note = "long ".repeat(401);
    const answer = await ada.post(`/collections/${id}/items`, { act: "note", paper: FIRST, note });
    const page = await answer.text();
    expect(answer.status).toBe(400);
    expect(page).toMatch(/<details open><summary>Add a note/);
    expect(page).toContain(`value="${note}"`);
    expect(page).toContain("A note has at most");
    expect(page).toContain(`data-api="/api/papers/${FIRST}/upvote"`);
    const saved = await ada.post(`/collections/${id}/items`, { act: "note", paper: FIRST, note: "short" });
    expect(saved.headers.get("location")).toBe(`${path}?did=note&paper=${FIRST}&page=2#paper-${FIRST}`);
  });

  it("get a paper from its card, and the reader stays where they were", async () => {
    const { id } = await begun({ title: "From cards" });
    const back = "/date/2025-03-28#paper-x";
    const page = await ada.page(`/collections/add?paper=${FIRST}&back=${encodeURIComponent(back)}`);
    expect(page).toContain(`href="${back}"`);
    const fields = { act: "add", paper: FIRST, from: "add", back };
    const next = (await ada.post(`/collections/${id}/items`, fields)).headers.get("location")!;
    expect(await ada.page(next)).toMatch(/It is in <a [^>]*>From cards<\/a>/);
    expect(await ada.page(`/collections/add?paper=${FIRST}&back=//evil.example`)).not.toContain("evil.example");
  });

  it("are read over the API as clients expect them", async () => {
    const { path } = await begun({ title: "For programs", note: "What it is", paper: FIRST });
    expect(await ada.page("/@ada")).toContain(`href="${path}"`);
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
