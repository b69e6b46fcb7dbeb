/** Putting papers forward and curating, through the pages. */
import type { PaperLookUp } from "@paperwire/community";
import { upstream } from "@paperwire/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { account, accountsByCookie, BASE_URL, openSite, record, type SiteUnderTest } from "../testing.ts";

const OWN = { "sec-fetch-site": "same-origin" };
const people = [
  account("ada", { trust: 2 }),
  account("bela"),
  account("newcomer", { trust: 0 }),
  account("cy", { role: "curator" }),
];
const fresh = { publishedAt: "2025-03-29T10:00:00.000Z" };

/** The smallest PNG that is one: a grey dot, with a comment that must not be kept. */
const DOT = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
  "base64",
);

describe("putting a paper forward", () => {
  let open: SiteUnderTest;
  let site: SiteUnderTest;
  const asked: string[] = [];
  const lookUp: PaperLookUp = {
    schemes: ["arxiv"],
    find: async ({ value }) => {
      asked.push(value);
      if (value === "2503.00500") throw upstream("arXiv did not answer. Try again in a minute.");
      if (value !== "2503.00404") return false;
      await open.takeIn([record(value, "Fetched from afar", { facts: fresh })]);
      return true;
    },
  };
  beforeAll(async () => {
    open = await openSite([
      record("2503.00001", "In an edition", { facts: fresh, entry: { edition: "2025-03-28", upvotes: 4 } }),
      ...["2", "3", "4", "5", "6", "7"].map((n) => record(`2503.0000${n}`, `Fresh paper ${n}`, { facts: fresh })),
      record("2403.00001", "A year old", { facts: { publishedAt: "2024-03-29T10:00:00.000Z" } }),
    ]);
    for (const { id, handle } of people) {
      await open.store.accounts.add({ id, handle, name: `Name of ${handle}`, email: `${handle}@example.org` });
    }
    site = open.changed(() => ({ accounts: accountsByCookie(people), lookUp }));
  });
  afterAll(() => open.close());

  const post = (as: string, path: string, form: Record<string, string | Blob>) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(form)) body.append(name, value);
    return site.app.request(BASE_URL + path, { method: "POST", headers: { ...OWN, cookie: `reader=${as}` }, body });
  };
  const page = async (as: string, path: string) => (await site.get(path, { cookie: `reader=${as}` })).text();
  const names = async () =>
    (
      await open.store.editions.listEntries({
        range: { first: "2025-03-31", last: "2025-03-31" },
        order: "edition",
        limit: 50,
        offset: 0,
      })
    ).items.map(({ paper: { id } }) => id);

  it("is for people who signed in, and leads others there and back", async () => {
    for (const path of ["/submit", "/submissions", "/submit/2503.00002", "/desk/2025-03-31"]) {
      const answer = await site.get(path);
      expect(answer.headers.get("location")).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
    }
    expect((await site.get("/desk/2025-03-31", { cookie: "reader=ada" })).status).toBe(403);
  });

  it("finds the paper by whatever people have at hand", async () => {
    for (const what of ["2503.00002v2", "https://huggingface.co/papers/2503.00002", `${BASE_URL}/papers/2503.00002`]) {
      expect((await post("ada", "/submit", { what })).headers.get("location")).toBe("/submit/2503.00002");
    }
    const titled = await (await post("ada", "/submit", { what: "fresh PAPER 3" })).text();
    expect(titled).toContain('href="/submit/2503.00003"');
    expect(asked).toEqual([]);
  });

  it("asks the source for a paper that is not here, and says what went wrong", async () => {
    expect((await post("ada", "/submit", { what: "2503.00404" })).headers.get("location")).toBe("/submit/2503.00404");
    for (const [what, words, status] of [
      ["2503.99999", "not known there", 404],
      ["2503.00500", "did not answer", 502],
      ["10.1145/1234.5678", "cannot ask for it", 404],
      ["what was it called", "names no paper", 400],
    ] as const) {
      const answer = await post("ada", "/submit", { what });
      const text = await answer.text();
      expect([answer.status, text.includes(words), text.includes(`value="${what}"`)]).toEqual([status, true, true]);
      expect(answer.headers.get("cache-control")).toBe("no-store");
    }
  });

  it("says before the form why a paper is refused", async () => {
    expect(await page("ada", "/submit/2503.00001")).toContain("was in the edition of 2025-03-28");
    const old = await page("ada", "/submit/2403.00001");
    expect(old).toContain("papers of the last 14 days");
    expect(old).not.toContain("Put it forward");
    expect((await post("ada", "/submit/2403.00001", { note: "" })).status).toBe(409);
    expect((await site.get("/submit/2503.77777", { cookie: "reader=ada" })).status).toBe(404);
  });

  it("takes a paper into the open edition with note and picture, and keeps nothing else of the file", async () => {
    const image = new Blob([DOT, Buffer.from("GPS 52.5 N")], { type: "image/svg+xml" });
    const sent = await post("ada", "/submit/2503.00002", { note: "<b>Look</b>\n\nTwice.", image, alt: "A grey dot" });
    expect(sent.headers.get("location")).toMatch(/^\/submissions\?sent=/);
    expect(await names()).toContain("2503.00002");
    const text = await site.page("/papers/2503.00002");
    expect(text).toContain("&lt;b>Look&lt;/b>");
    expect(text).toContain("Submitted by Name of ada");
    const [, address] = /src="(\/images\/[0-9a-f]{32}\.png)" alt="A grey dot"/.exec(text) ?? [];
    const picture = await site.get(address!);
    expect(picture.headers.get("content-type")).toBe("image/png");
    expect(picture.headers.get("x-content-type-options")).toBe("nosniff");
    expect(picture.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
    expect(Buffer.from(await picture.arrayBuffer()).equals(DOT)).toBe(true);
    expect((await site.get(address!.replace(".png", ".jpg"))).status).toBe(404);
  });

  it("keeps what was typed where something about it is refused", async () => {
    const svg = new Blob(["<svg onload=alert(1)>"], { type: "image/png" });
    const answer = await post("ada", "/submit/2503.00003", { note: "My words", image: svg, alt: "Mine" });
    const text = await answer.text();
    expect(answer.status).toBe(400);
    expect(text).toContain("neither PNG nor JPEG");
    expect(text).toContain("My words</textarea>");
    const unnamed = await post("ada", "/submit/2503.00003", { note: "", image: new Blob([DOT]), alt: " " });
    expect(await unnamed.text()).toContain("Say in words what the picture shows");
    const large = await post("ada", "/submit/2503.00003", { image: new Blob([Buffer.alloc(1_200_000)]), alt: "x" });
    expect(large.status).toBe(413);
    expect(await large.text()).toContain("The picture is larger than 1024 kB.");
    expect((await post("ada", "/submit", { what: "x".repeat(70_000) })).status).toBe(413);
    expect(await names()).not.toContain("2503.00003");
  });

  it("is taken back by its sender alone, until others vote", async () => {
    await post("bela", "/submit/2503.00003", { note: "" });
    const [own] = await open.store.submissions.listByAccount("id-of-bela");
    expect((await post("ada", `/submissions/${own!.id}/undo`, {})).status).toBe(404);
    expect((await post("bela", `/submissions/${own!.id}/undo`, {})).status).toBe(303);
    expect(await names()).not.toContain("2503.00003");
    await post("bela", "/submit/2503.00004", { note: "" });
    await open.store.upvotes.add("id-of-ada", "2503.00004");
    const [second] = await open.store.submissions.listByAccount("id-of-bela");
    const refused = await post("bela", `/submissions/${second!.id}/undo`, {});
    expect([refused.status, (await refused.text()).includes("others have voted")]).toEqual([403, true]);
    const list = await page("bela", "/submissions");
    expect(list).toContain("was taken back");
    expect(list).not.toContain("/undo");
  });

  it("of a new account waits at the desk, and its cap is one a day", async () => {
    await post("newcomer", "/submit/2503.00005", { note: "My first" });
    expect(await names()).not.toContain("2503.00005");
    expect(await page("newcomer", "/submissions")).toContain("waits for a curator");
    expect(await page("newcomer", "/submit/2503.00006")).toContain("one paper in 24 hours");
    const desk = await page("cy", "/desk/2025-03-31");
    expect(desk).toContain("@newcomer");
    const [waiting] = await open.store.submissions.listWaiting();
    const path = `/desk/submissions/${waiting!.id}`;
    expect((await post("ada", path, { state: "shown" })).status).toBe(403);
    expect((await post("cy", path, { state: "declined", reason: " " })).status).toBe(400);
    await post("cy", path, { state: "declined", reason: "Not research" });
    expect(await page("newcomer", "/submissions")).toContain("Not research");
    await post("cy", path, { state: "waiting" });
    const done = await post("cy", path, { state: "shown" });
    expect(done.headers.get("location")).toBe(`/desk/2025-03-31?did=shown&submission=${waiting!.id}`);
    expect(await names()).toContain("2503.00005");
  });

  it("takes papers by program, from an account of ours, and says why not", async () => {
    const submit = (as: string | null, body: object) =>
      site.app.request(`${BASE_URL}/api/papers/submit`, {
        method: "POST",
        headers: { ...OWN, "content-type": "application/json", ...(as && { cookie: `reader=${as}` }) },
        body: JSON.stringify(body),
      });
    expect((await submit(null, { paper_id: "2503.00006" })).status).toBe(401);
    expect((await submit("ada", {})).status).toBe(400);
    expect((await submit("ada", { paper_id: "2503.99999" })).status).toBe(404);
    const refused = await submit("ada", { paper_id: "2503.00001" });
    expect([refused.status, ((await refused.json()) as { error: string }).error]).toEqual([
      409,
      expect.stringContaining("edition of 2025-03-28"),
    ]);
    const sent = await submit("ada", { paper_id: "arxiv:2503.00003v1", comment: "By program" });
    expect(await sent.json()).toMatchObject({ paperId: "2503.00003", edition: "2025-03-31", state: "shown" });
    const paper = await (await site.get("/api/papers/2503.00002")).json();
    expect(paper).toMatchObject({ mediaUrls: [expect.stringMatching(/^https:.*\/images\/[0-9a-f]{32}\.png$/)] });
  });

  it("lets a curator pick, note, order, undo and close, and readers see it", async () => {
    const act = (id: string, form: Record<string, string>) => post("cy", `/desk/2025-03-31/papers/${id}`, form);
    expect((await post("ada", "/desk/2025-03-31/papers/2503.00006", { act: "pick" })).status).toBe(403);
    const picked = await act("2503.00006", { act: "pick", next: "paper-2503.00007" });
    expect(picked.headers.get("location")).toBe("/desk/2025-03-31?did=pick&paper=2503.00006#paper-2503.00007");
    await act("2503.00007", { act: "pick" });
    await act("2503.00007", { act: "move", to: "1" });
    await act("2503.00007", { act: "annotate", note: "Worth <i>reading</i>" });
    expect((await names()).slice(0, 2)).toEqual(["2503.00007", "2503.00006"]);
    await open.takeIn([]);
    const edition = await site.page("/date/2025-03-31");
    expect(edition).toContain("Curator’s pick</b>: Worth &lt;i>reading&lt;/i>");
    const undo = await page("cy", "/desk/2025-03-31?did=pick&paper=2503.00006");
    expect(undo).toContain("Picked.");
    expect(undo).toContain('value="unpick"');
    expect(await page("cy", `/desk/2025-03-31?did=${encodeURIComponent("<script>alert(1)")}`)).not.toContain(
      "<script>a",
    );
    expect((await act("2503.00006", { act: "move", to: "first" })).status).toBe(400);
    expect((await act("2503.00006", { act: "pick", next: "//evil" })).headers.get("location")).not.toContain("evil");
    expect(await page("cy", "/desk/2025-03-31/close")).toContain("2 picks first");
    expect((await post("ada", "/desk/2025-03-31/close", {})).status).toBe(403);
    const [, seen = ""] = /name="seen" value="([^"]+)"/.exec(await page("cy", "/desk/2025-03-31/close"))!;
    await act("2503.00006", { act: "unpick" });
    await act("2503.00004", { act: "pick" });
    const refused = await post("cy", "/desk/2025-03-31/close", { seen });
    const changed = await refused.text();
    expect([refused.status, (await open.store.desk.state("2025-03-31")).closed]).toEqual([409, false]);
    expect(changed).toContain("Not closed yet");
    expect(changed).toMatch(/Picked by @cy: .*Taken out: /);
    const [, now = ""] = /name="seen" value="([^"]+)"/.exec(changed)!;
    expect((await post("cy", "/desk/2025-03-31/close", { seen: now })).status).toBe(303);
    // Pressed twice, or by two who saw the same: nobody is told that it went wrong.
    expect((await post("cy", "/desk/2025-03-31/close", { seen: now })).status).toBe(303);
    expect((await post("cy", "/desk/2025-03-31/close", { seen })).status).toBe(409);
    expect((await act("2503.00006", { act: "unpick" })).status).toBe(409);
    expect(edition).toContain("Still open");
    expect(await page("bela", "/date/2025-03-31")).not.toContain("Still open");
    expect(await page("ada", "/submit/2503.00404")).toContain("edition of 1 April 2025");
  });
});
