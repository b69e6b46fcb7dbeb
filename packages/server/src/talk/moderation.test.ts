import type { Account } from "@paperwire/domain";
import type { Store } from "@paperwire/store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { account, accountsByCookie, BASE_URL, openSite, record, type SiteUnderTest } from "../testing.ts";

const PAPER = "2503.00001";
const ORCID = "0000-0002-1825-0097";

describe("claims and moderation on the site", () => {
  let site: SiteUnderTest;
  const accounts: Account[] = [
    account("ada", { orcid: ORCID }),
    account("bela"),
    account("mo", { role: "moderator" }),
    account("root", { role: "admin" }),
  ];
  const told: string[] = [];
  beforeAll(async () => {
    const facts = { authors: [{ name: "Ada Example", orcid: ORCID }, { name: "Béla Example" }] };
    const open = await openSite([record(PAPER, "A paper", { facts }), record("2503.00002", "Put forward")]);
    for (const { id, handle, name, role, trust } of accounts) {
      await open.store.accounts.add({ id, handle, name, role, trust, email: `${handle}@example.org` });
    }
    site = open.changed(() => ({
      accounts: accountsByCookie(accounts),
      pageVersion: { current: () => undefined },
      onModerated: async ({ person, act }) => void told.push(`${person} ${act}`),
    }));
  });
  afterAll(() => site.close());

  const send = (path: string, fields: Record<string, string>, as?: string, from = "same-origin") =>
    site.app.request(`${BASE_URL}${path}`, {
      method: "POST",
      headers: { "sec-fetch-site": from, ...(as && { cookie: `reader=${as}` }) },
      body: new URLSearchParams(fields),
    });
  const read = async (path: string, as?: string) => {
    const answer = await site.get(path, as ? { cookie: `reader=${as}` } : {});
    return { status: answer.status, text: await answer.text() };
  };
  const comment = (by: string, body: string) =>
    site.store.comments.add({ paperId: PAPER, parentId: null, accountId: `id-of-${by}`, body, hold: null });

  it("shows a verified author to everybody, and the desk of an author to them alone", async () => {
    expect((await send("/claims", { paper: PAPER, author: "Ada Example", statement: "" }, "ada")).status).toBe(303);
    expect((await read(`/papers/${PAPER}`)).text).toContain('<a class="claimed" href="/@ada"');
    expect((await read(`/papers/${PAPER}`, "ada")).text).toContain("You are an author of this paper");
    expect((await read(`/papers/${PAPER}`, "bela")).text).toContain("Are you one of the authors?");
    const { authors } = (await (await site.get(`/api/papers/${PAPER}`)).json()) as { authors: object[] };
    expect(authors[0]).toMatchObject({ user: { user: "ada" }, status: "claimed_verified" });
    expect(JSON.stringify(authors)).not.toContain(ORCID);
    expect((await read("/@ada")).text).toContain("A paper");
    expect((await read("/@nobody")).status).toBe(404);
  });

  it("shows visitors the way to a claim, where people can sign in", async () => {
    expect((await read(`/papers/${PAPER}`)).text).not.toContain("Are you one of the authors?");
    const signedOut = site.changed(() => ({ signIn: {} as never, pageVersion: { current: () => undefined } }));
    const way = `/sign-in?next=${encodeURIComponent(`/papers/${PAPER}#claim`)}`;
    expect(await signedOut.page(`/papers/${PAPER}`)).toContain(`href="${way}"`);
    expect((await read(`/papers/${PAPER}`, "bela")).text).toContain('<details class="claim" id="claim">');
  });

  it("says on the paper's page what is wrong with a claim or an author's link, and that a claim waits", async () => {
    const long = { paper: PAPER, author: "Ada Example", statement: "w".repeat(1_001) };
    const tooLong = await send("/claims", long, "bela");
    const claim = await tooLong.text();
    expect(tooLong.status).toBe(400);
    expect(claim).toMatch(/<details class="claim" id="claim" open>[^]*role="alert">What you say has at most 1000/);
    expect(claim).toContain(`${long.statement}</textarea>`);
    const link = await send("/author-words", { paper: PAPER, kind: "code", value: "https://github" }, "ada");
    const desk = await link.text();
    expect(link.status).toBe(400);
    expect(desk).toMatch(/<input id="word-code"[^>]*value="https:\/\/github"[^>]*aria-invalid/);
    expect(desk.match(/role="alert">An address such as/g)).toHaveLength(1);
    expect((await send("/claims", { ...long, author: "Béla Example", statement: "" }, "bela")).status).toBe(303);
    const waiting = (await read(`/papers/${PAPER}`, "bela")).text;
    expect(waiting).toContain("You say that you are Béla Example: a moderator has not answered yet.");
    expect((await send("/claims", { ...long, author: "Béla Example", statement: "" }, "bela")).status).toBe(409);
    const [own] = await site.store.claims.listByAccount("id-of-bela");
    await send(`/claims/${own!.id}/withdraw`, {}, "bela");
    expect((await read(`/papers/${PAPER}`, "bela")).text).toContain("Are you one of the authors?");
  });

  it("lets the author set code, which the page shows, and put back what was there; others may not", async () => {
    const word = { paper: PAPER, kind: "code", value: "https://example.org/our-code" };
    const refused = await send("/author-words", word, "bela");
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('href="/notifications"');
    expect((await send("/author-words", word, "ada")).status).toBe(303);
    expect((await read(`/papers/${PAPER}`)).text).toContain("https://example.org/our-code");
    const [set] = await site.store.claims.wordsOf(PAPER);
    expect((await send(`/author-words/${set!.id}/revert`, {}, "bela")).status).toBe(404);
    expect((await send(`/author-words/${set!.id}/revert`, {}, "ada")).status).toBe(303);
    expect((await read(`/papers/${PAPER}`)).text).not.toContain("https://example.org/our-code");
  });

  it("takes a report, queues it, and a moderator's answer stands in the public log", async () => {
    const { id } = await comment("bela", "Buy my **thing**");
    expect((await read(`/report?kind=comment&id=${id}`)).status).toBe(401);
    expect((await read(`/report?kind=comment&id=${id}`, "ada")).text).toContain("a comment by @bela");
    const report = { kind: "comment", id, reason: "spam", words: "<b>seehere</b>" };
    expect((await send("/report", report, "ada")).status).toBe(200);
    expect((await send("/report", report, "ada")).status).toBe(409);
    expect((await read("/desk/moderation", "ada")).status).toBe(403);
    const desk = (await read("/desk/moderation", "mo")).text;
    expect(desk).toContain("Buy my <strong>thing</strong>");
    expect(desk).toContain("&lt;b>seehere&lt;/b>");
    const act = { act: "hide-comment", kind: "comment", id, reason: "Advertising." };
    expect((await send("/desk/moderation", act, "ada")).status).toBe(403);
    expect((await send("/desk/moderation", act, "mo", "cross-site")).status).toBe(403);
    expect((await send("/desk/moderation", act, "mo")).status).toBe(303);
    const log = (await read("/moderation")).text;
    expect(log).toContain("Advertising.");
    expect(log).not.toContain("seehere");
    expect(log).not.toContain("Buy my");
    expect((await read(`/papers/${PAPER}`)).text).not.toContain("Buy my");
    expect((await read(`/papers/${PAPER}`, "bela")).text).toContain("Hidden by a moderator: only you");
    expect(told).toContain("bela hide-comment");
  });

  it("hears the person concerned, and only them, and can undo", async () => {
    const [entry] = (await site.store.moderation.log({ limit: 1, offset: 0 })).items;
    expect((await send(`/moderation/${entry!.id}/appeal`, { words: "x" }, "ada")).status).toBe(409);
    const own = (await read("/claims", "bela")).text;
    expect(own).toContain(`/moderation/${entry!.id}/appeal`);
    expect(own).toMatch(new RegExp(`<li id="${entry!.id}">[^<]*a moderator hid a comment about <a href="/papers/`));
    expect((await send(`/moderation/${entry!.id}/appeal`, { words: "It was a joke." }, "bela")).status).toBe(303);
    expect((await read("/desk/moderation", "mo")).text).toContain("It was a joke.");
    const [appeal] = await site.store.moderation.openAppeals();
    expect((await send(`/desk/moderation/appeals/${appeal!.id}`, { verdict: "grant" }, "ada")).status).toBe(403);
    await send(`/desk/moderation/appeals/${appeal!.id}`, { verdict: "grant" }, "mo");
    expect((await read(`/papers/${PAPER}`)).text).toContain("Buy my");
    expect((await read("/moderation")).text).toContain("(undone by @mo)");
  });

  it("lets another moderator judge where there is one, with a reason that everybody reads", async () => {
    const { id } = await comment("bela", "Not so nice");
    await send("/desk/moderation", { act: "hide-comment", kind: "comment", id, reason: "Personal." }, "mo");
    const [entry] = (await site.store.moderation.log({ limit: 1, offset: 0 })).items;
    await send(`/moderation/${entry!.id}/appeal`, { words: "It is not." }, "bela");
    const [appeal] = await site.store.moderation.openAppeals();
    const path = `/desk/moderation/appeals/${appeal!.id}`;
    expect((await read("/desk/moderation", "mo")).text).toContain("another moderator says whether it stands");
    expect((await send(path, { verdict: "refuse", reason: "I said so." }, "mo")).status).toBe(403);
    expect((await read("/desk/moderation", "root")).text).toContain("It is not.");
    expect((await send(path, { verdict: "refuse", reason: " " }, "root")).status).toBe(400);
    expect((await send(path, { verdict: "refuse", reason: "It is." }, "root")).status).toBe(303);
    expect((await send(path, { verdict: "grant", reason: "It is." }, "root")).status).toBe(404);
    expect((await read("/moderation")).text).toContain("(appeal refused by @root: It is.)");
    expect((await read("/claims", "bela")).text).toContain("Your appeal was refused. It is.");
    expect(told.at(-1)).toBe("bela hide-comment");
  });

  it("takes a report of a submission's note or picture, and a moderator takes it off the page, and puts it back", async () => {
    const sent = await sendPaper(site.store, "id-of-bela");
    const reports = { note: `/report?kind=note&amp;id=${sent.id}`, picture: `/report?kind=picture&amp;id=${sent.id}` };
    const paper = (as?: string) => read("/papers/2503.00002", as);
    for (const link of Object.values(reports)) {
      expect((await paper("ada")).text).toContain(link);
      expect((await paper("bela")).text).not.toContain(link);
      expect((await paper()).text).not.toContain(link);
    }
    expect((await read(`/report?kind=note&id=${sent.id}`, "ada")).text).toContain("the note that came with");
    for (const kind of ["note", "picture"]) {
      const report = { kind, id: sent.id, reason: "private", words: "" };
      expect((await send("/report", report, "ada")).status).toBe(200);
      expect((await send("/report", report, "ada")).status).toBe(409);
    }
    const desk = (await read("/desk/moderation", "mo")).text;
    expect(desk).toContain("My &lt;b>address&lt;/b>");
    expect(desk).toContain(`src="${sent.picture}"`);
    const hide = (kind: string) => ({ act: `hide-${kind}`, kind, id: sent.id, reason: `The ${kind} of a home.` });
    expect((await send("/desk/moderation", hide("note"), "ada")).status).toBe(403);
    expect((await send("/desk/moderation", hide("note"), "mo", "cross-site")).status).toBe(403);
    expect((await send("/desk/moderation", { ...hide("note"), reason: " " }, "mo")).status).toBe(400);
    for (const kind of ["note", "picture"]) {
      expect((await send("/desk/moderation", hide(kind), "mo")).status).toBe(303);
      expect((await send("/desk/moderation", hide(kind), "mo")).status).toBe(409);
    }
    expect(told.slice(-2)).toEqual(["bela hide-note", "bela hide-picture"]);
    for (const as of [undefined, "ada"]) {
      expect((await paper(as)).text).not.toMatch(/My &lt;b>|\/images\//);
      expect((await site.get(sent.picture, as ? { cookie: `reader=${as}` } : {})).status).toBe(404);
    }
    expect(await (await site.get("/api/papers/2503.00002")).json()).toMatchObject({ mediaUrls: [] });
    expect((await read(`/report?kind=note&id=${sent.id}`, "ada")).status).toBe(404);
    const log = (await read("/moderation")).text;
    expect(log).toContain("hid the picture of a submission by");
    expect(log).toContain("The note of a home.");
    expect(log).not.toMatch(/address|front door/);
  });

  it("shows a hidden note and picture to their sender and to moderators, and hears an appeal", async () => {
    expect((await read("/papers/2503.00002", "bela")).text).toContain("My &lt;b>address&lt;/b>");
    expect((await read("/submissions", "bela")).text).toContain('href="/claims#acts"');
    const seen = (await read("/papers/2503.00002", "mo")).text;
    const [, picture = ""] = /src="(\/images\/[^"]+)" alt="My front door"/.exec(seen) ?? [];
    for (const as of ["mo", "bela"]) {
      const answer = await site.get(picture, { cookie: `reader=${as}` });
      expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "private, no-store"]);
    }
    const [entry] = (await site.store.moderation.log({ limit: 1, offset: 0 })).items;
    expect((await send(`/moderation/${entry!.id}/appeal`, { words: "It is a lab." }, "bela")).status).toBe(303);
    const [appeal] = await site.store.moderation.openAppeals();
    await send(`/desk/moderation/appeals/${appeal!.id}`, { verdict: "grant" }, "root");
    expect((await read("/papers/2503.00002")).text).toContain(`src="${picture}"`);
    const [, note] = (await site.store.moderation.log({ limit: 2, offset: 0 })).items;
    expect((await send(`/moderation/${note!.id}/undo`, {}, "bela")).status).toBe(403);
    expect((await send(`/moderation/${note!.id}/undo`, {}, "mo")).status).toBe(303);
    expect((await read("/papers/2503.00002")).text).toContain("My &lt;b>address&lt;/b>");
    expect((await site.get(picture)).headers.get("cache-control")).toContain("immutable");
  });

  it("leaves roles to admins, whatever a form says", async () => {
    const role = { act: "set-role", kind: "account", id: "id-of-bela", role: "admin", reason: "x" };
    expect((await send("/desk/moderation", role, "mo")).status).toBe(403);
    expect((await send("/desk/moderation", { ...role, id: "id-of-root" }, "root")).status).toBe(403);
    expect((await send("/desk/moderation", { ...role, role: "curator" }, "root")).status).toBe(303);
    expect((await site.store.accounts.findByHandle("bela"))?.role).toBe("curator");
    expect(
      (await send("/desk/moderation", { act: "suspend", id: "id-of-bela", days: "9999", reason: "x" }, "root")).status,
    ).toBe(400);
  });
});

/** A paper that was put forward with a note and a picture, and shows. */
async function sendPaper(store: Store, accountId: string) {
  const image = {
    id: "ab".repeat(16),
    type: "image/png" as const,
    width: 1,
    height: 1,
    bytes: Uint8Array.from([1]),
    text: "My front door",
  };
  const id = await store.submissions.add({
    accountId,
    paperId: "2503.00002",
    edition: "2025-03-31",
    state: "shown",
    note: "My <b>address</b>",
    image,
    cap: { most: 9, sinceMs: 0 },
  });
  return { id, picture: `/images/${image.id}.png` };
}
