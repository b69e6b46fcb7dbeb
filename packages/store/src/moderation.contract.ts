/** What every database must do for claims and moderation: one verified person per author, no act without its line. */
import type { Link, Summary } from "@paperwire/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Store } from "./store.ts";

const PAPER = "2503.00001";
const LINK: Link = { kind: "code", url: "https://example.org/theirs" };

export function describeModeration(name: string, open: (clock: () => number) => Promise<Store>): void {
  describe(`claims and moderation on ${name}`, () => {
    let store: Store;
    let nowMs = Date.UTC(2025, 2, 28, 12);
    const member = async (handle: string, role: "reader" | "moderator" = "reader") => {
      await store.accounts.add({ id: `id-${handle}`, handle, name: handle, email: `${handle}@example.org`, role });
      return `id-${handle}`;
    };
    const claim = (accountId: string, authorName: string, evidence: "orcid" | null = null) =>
      store.claims.add({ paperId: PAPER, authorName, accountId, evidence, statement: "It is me." });
    let words = 0;
    const comment = (accountId: string, hold: string | null = null) =>
      store.comments.add({ paperId: PAPER, parentId: null, accountId, body: `words ${++words}`, hold });
    let ada: string;
    let mo: string;
    beforeAll(async () => {
      store = await open(() => nowMs);
      const authors = [{ name: "Ada Example" }, { name: "Béla Example" }];
      const facts = { title: "A", authors, links: [LINK] };
      await store.papers.takeIn(
        [PAPER, "2503.00002", "2503.00003"].map((value) => ({ identifiers: [{ scheme: "arxiv", value }], facts })),
      );
      [ada, mo] = [await member("ada"), await member("mo", "moderator")];
    });
    afterAll(() => store?.close());

    it("verifies one account for one author, and keeps a rival's claim for a moderator", async () => {
      const first = await claim(ada, "Ada Example", "orcid");
      expect(first).toMatchObject({ state: "verified", evidence: "orcid" });
      expect(await claim(ada, "Béla Example")).toBe("open");
      const rival = await member("rival");
      expect(await claim(rival, "ada  EXAMPLE", "orcid")).toBe("taken");
      const disputed = await claim(rival, "Ada Example");
      if (typeof disputed === "string") throw new Error(disputed);
      expect((await store.moderation.pendingClaims()).map(({ id }) => id)).toEqual([disputed.id]);
      const verify = { act: "verify-claim", subject: { kind: "claim", id: disputed.id }, reason: "shown" } as const;
      expect(await store.moderation.decide(mo, verify)).toBeNull();
      expect(await store.claims.verifiedOf(PAPER)).toMatchObject([{ authorKey: "ada example", handle: "ada" }]);
      const refuse = { ...verify, act: "refuse-claim" } as const;
      expect(await store.moderation.decide(mo, refuse)).toMatchObject({ act: "refuse-claim", person: "rival" });
      expect(await store.claims.find(disputed.id)).toMatchObject({ state: "refused", reason: "shown" });
    });

    it("sets an author's link and summary before all others, against newer sources, and puts back what was there", async () => {
      const shown: Link = { kind: "code", url: "https://example.org/ours", byAuthor: true };
      const set = { paperId: PAPER, accountId: ada, value: "x" };
      const link = await store.claims.setWord({ ...set, kind: "code", shown });
      const words: Summary = { text: "Ours.", source: "Ada Example", generated: false, byAuthor: true };
      const summary = await store.claims.setWord({ ...set, kind: "summary", shown: words });
      const before = await store.version();
      await store.papers.takeIn([
        {
          identifiers: [{ scheme: "arxiv", value: PAPER }],
          facts: { title: "A", links: [LINK], summary: { text: "Theirs.", source: "T", generated: true } },
        },
      ]);
      const paper = await store.papers.find(PAPER);
      expect(paper?.links?.[0]).toEqual(shown);
      expect(paper?.summary).toEqual(words);
      expect(await store.claims.revertWord(link!.id)).toBe(true);
      expect(await store.claims.revertWord(link!.id)).toBe(false);
      expect(await store.claims.revertWord(summary!.id)).toBe(true);
      const after = await store.papers.find(PAPER);
      expect(after?.links).toContainEqual(LINK);
      expect(JSON.stringify(after)).not.toContain("ours");
      expect(after?.summary).toBeUndefined();
      expect(await store.version()).toBeGreaterThan(before);
      expect((await store.claims.wordsOf(PAPER)).map(({ reverted }) => reverted)).toEqual([true, true]);
    });

    it("puts back one of several words of an author without touching the newer one", async () => {
      const urls = async () => (await store.papers.find(PAPER))?.links?.filter(({ kind }) => kind === "code");
      const before = await urls();
      const set = async (url: string) =>
        (await store.claims.setWord({
          paperId: PAPER,
          accountId: ada,
          kind: "code",
          value: url,
          shown: { kind: "code", url, byAuthor: true },
        }))!.id;
      const [first, second] = [await set("https://example.org/first"), await set("https://example.org/second")];
      expect(await store.claims.revertWord(first)).toBe(true);
      expect((await urls())?.[0]?.url).toBe("https://example.org/second");
      // Behind the second stands now what stood behind the first.
      expect(await store.claims.revertWord(second)).toBe(true);
      expect(await urls()).toEqual(before);
    });

    it("queues what is reported and what is held, and one report of each person stands", async () => {
      const said = await comment(ada);
      const held = await comment(ada, "a link");
      const subject = { kind: "comment", id: said.id } as const;
      const report = { subject, by: mo, reason: "spam", words: "look" } as const;
      expect(await store.moderation.flag(report)).toBe(true);
      expect(await store.moderation.flag({ ...report, reason: "rude" })).toBe(false);
      const queue = await store.moderation.queue();
      expect(queue.map(({ subject: { id }, flags }) => [id, flags.length])).toEqual(
        expect.arrayContaining([
          [held.id, 0],
          [said.id, 1],
        ]),
      );
      expect(queue.find(({ subject: { id } }) => id === said.id)).toMatchObject({
        flags: [{ reason: "spam", words: "look", handle: "mo" }],
        writer: { handle: "ada" },
        paper: { id: PAPER },
      });
      expect(await store.moderation.waiting()).toBe(2);
    });

    it("queues nothing that its author took away, until it is put back", async () => {
      const gone = await member("gone");
      const said = await comment(gone);
      const before = await store.moderation.waiting();
      const waits = async () => [
        (await store.moderation.queue()).filter(({ subject: { id } }) => id === said.id || id === gone).length,
        (await store.moderation.waiting()) - before,
      ];
      const report = { by: mo, reason: "rude", words: "" } as const;
      await store.moderation.flag({ ...report, subject: { kind: "comment", id: said.id } });
      await store.moderation.flag({ ...report, subject: { kind: "account", id: gone } });
      expect(await waits()).toEqual([2, 2]);
      await store.comments.setState(said.id, { from: "shown", to: "deleted", reason: null });
      expect(await waits()).toEqual([1, 1]);
      await store.comments.setState(said.id, { from: "deleted", to: "shown", reason: null });
      expect(await waits()).toEqual([2, 2]);
      await store.accounts.erase(gone);
      expect(await waits()).toEqual([0, 0]);
    });

    it("hides with a reason, tells the log, upholds the flags, and an undo shows it again", async () => {
      const said = await comment(ada);
      const subject = { kind: "comment", id: said.id } as const;
      await store.moderation.flag({ subject, by: mo, reason: "rude", words: "" });
      const hide = { act: "hide-comment", subject, reason: "Personal." } as const;
      const entry = await store.moderation.decide(mo, hide);
      expect(entry).toMatchObject({ moderator: "mo", person: "ada", reason: "Personal.", undone: false });
      expect(await store.moderation.decide(mo, hide)).toBeNull();
      expect(await store.comments.find(said.id)).toMatchObject({ state: "hidden", reason: "Personal." });
      expect((await store.moderation.logOf(ada)).map(({ id }) => id)).toContain(entry!.id);
      expect(await store.moderation.raiseTrust(ada)).toBe(0);
      expect(await store.moderation.undo(mo, entry!.id)).toMatchObject({ undone: true, undoneBy: "mo" });
      expect(await store.moderation.undo(mo, entry!.id)).toBeNull();
      expect(await store.comments.find(said.id)).toMatchObject({ state: "shown", reason: null });
    });

    it("counts no report against anybody whose act was undone, and takes a new one of what was changed since", async () => {
      const eli = await member("eli");
      const said = await comment(eli);
      for (let at = 0; at < 3; at++) await comment(eli);
      const subject = { kind: "comment", id: said.id } as const;
      const report = { subject, by: ada, reason: "rude", words: "" } as const;
      const open = async () => (await store.moderation.queue()).filter(({ subject: { id } }) => id === said.id).length;
      await store.moderation.flag(report);
      const entry = await store.moderation.decide(mo, { act: "hide-comment", subject, reason: "Rude." });
      nowMs += 4 * 86_400_000;
      expect(await store.moderation.raiseTrust(eli)).toBe(0);
      await store.moderation.undo(mo, entry!.id);
      expect(await store.moderation.raiseTrust(eli)).toBe(1);
      expect(await store.moderation.flag(report)).toBe(false);
      expect(await open()).toBe(0);
      await store.comments.edit(said.id, { body: "worse", edits: 0, hold: null });
      expect(await store.moderation.flag({ ...report, reason: "spam" })).toBe(true);
      expect(await store.moderation.flag(report)).toBe(false);
      expect(await open()).toBe(1);
      await store.moderation.decide(mo, { act: "dismiss-flags", subject, reason: "Fine." });
    });

    it("hears an appeal of the person concerned once, and of nobody else", async () => {
      const said = await comment(ada);
      const subject = { kind: "comment", id: said.id } as const;
      const entry = await store.moderation.decide(mo, { act: "hide-comment", subject, reason: "No." });
      const appeal = { logId: entry!.id, words: "Please look again." };
      expect(await store.moderation.appeal({ ...appeal, by: mo })).toBe(false);
      expect(await store.moderation.appeal({ ...appeal, by: ada })).toBe(true);
      expect(await store.moderation.appeal({ ...appeal, by: ada })).toBe(false);
      expect(await store.moderation.openAppeals()).toMatchObject([{ handle: "ada", entry: { id: entry!.id } }]);
      await store.moderation.undo(mo, entry!.id);
      expect(await store.moderation.openAppeals()).toEqual([]);
      expect(await store.moderation.findEntry(entry!.id)).toMatchObject({ appeal: "granted" });
    });

    it("counts who else may judge an appeal, and lets one of two judges at once have the word", async () => {
      const said = await comment(ada);
      const subject = { kind: "comment", id: said.id } as const;
      const entry = await store.moderation.decide(mo, { act: "hide-comment", subject, reason: "No." });
      await store.moderation.appeal({ logId: entry!.id, words: "Please.", by: ada });
      const open = async () => (await store.moderation.openAppeals())[0]!;
      expect(await open()).toMatchObject({ otherJudges: 0, entry: { moderatorId: mo } });
      const judge = await member("judge", "moderator");
      const { id } = await open();
      expect((await open()).otherJudges).toBe(1);
      const verdicts = await Promise.all([
        store.moderation.settleAppeal(id, { by: judge, grant: true, reason: "Right." }),
        store.moderation.settleAppeal(id, { by: mo, grant: false, reason: "Wrong." }),
      ]);
      expect(verdicts.filter((one) => one === null)).toHaveLength(1);
      expect(verdicts.find((one) => one !== null)?.verdict).toEqual({ reason: "Right.", by: "judge" });
      expect(await store.comments.find(said.id)).toMatchObject({ state: "shown" });
    });

    it("suspends, changes trust and roles, and each can be undone", async () => {
      const subject = { kind: "account", id: ada } as const;
      const acts = [
        { act: "suspend", days: 7 },
        { act: "set-trust", trust: 2 },
        { act: "set-role", role: "curator" },
      ] as const;
      for (const act of acts) {
        const entry = await store.moderation.decide(mo, { ...act, subject, reason: "because" });
        expect(entry).toMatchObject({ act: act.act, person: "ada" });
        await store.moderation.undo(mo, entry!.id);
      }
      expect(await store.accounts.find(ada)).toMatchObject({ role: "reader", trust: 0 });
      expect((await store.accounts.find(ada))?.suspendedUntil).toBeUndefined();
    });

    it("gives trust for time and kept comments, and withholds it while flags are upheld", async () => {
      const cy = await member("cy");
      for (let at = 0; at < 3; at++) await comment(cy);
      expect(await store.moderation.raiseTrust(cy)).toBe(0);
      nowMs += 4 * 86_400_000;
      expect(await store.moderation.raiseTrust(cy)).toBe(1);
    });

    it("queues a submission's note and picture each by itself, hides one with a reason, and puts it back", async () => {
      const fay = await member("fay");
      const { id, image } = await sendPaper(store, fay, "2503.00002");
      const note = { kind: "note", id } as const;
      const picture = { kind: "picture", id } as const;
      const report = { by: ada, reason: "private", words: "" } as const;
      const before = await store.moderation.waiting();
      for (const subject of [note, picture]) expect(await store.moderation.flag({ ...report, subject })).toBe(true);
      const queued = async () => (await store.moderation.queue()).filter(({ subject }) => subject.id === id);
      expect(await queued()).toMatchObject([
        { subject: note, writer: { handle: "fay" }, paper: { id: "2503.00002" }, sent: { note: "My address" } },
        { subject: picture, sent: { image: { id: image.id, text: "My door" } } },
      ]);
      expect(await store.moderation.waiting()).toBe(before + 2);
      const hide = { act: "hide-picture", subject: picture, reason: "A home." } as const;
      const entry = await store.moderation.decide(mo, hide);
      expect(entry).toMatchObject({ person: "fay", paper: { id: "2503.00002" }, reason: "A home.", subject: picture });
      expect(await store.moderation.decide(mo, hide)).toBeNull();
      expect(await store.submissions.find(id)).toMatchObject({
        note: "My address",
        image: null,
        hidden: { note: null, image: { id: image.id, text: "My door" } },
      });
      expect(await store.submissions.image(image.id)).toMatchObject({ shown: false, senders: [fay] });
      expect((await queued()).map(({ subject }) => subject.kind)).toEqual(["note"]);
      nowMs += 4 * 86_400_000;
      for (let at = 0; at < 3; at++) await comment(fay);
      expect(await store.moderation.raiseTrust(fay)).toBe(0);
      const second = await store.moderation.decide(mo, { act: "hide-note", subject: note, reason: "A home." });
      expect(await store.submissions.find(id)).toMatchObject({ note: null, hidden: { note: "My address" } });
      expect(await store.moderation.waiting()).toBe(before);
      for (const { id: line } of [entry!, second!]) {
        expect(await store.moderation.undo(mo, line)).toMatchObject({ undone: true });
        expect(await store.moderation.undo(mo, line)).toBeNull();
      }
      expect(await store.submissions.find(id)).toMatchObject({
        note: "My address",
        image: { id: image.id, text: "My door" },
        hidden: { note: null, image: null },
      });
      expect(await store.submissions.image(image.id)).toMatchObject({ shown: true, senders: [] });
      expect(await store.moderation.raiseTrust(fay)).toBe(1);
    });

    it("keeps no hidden note or picture of who took the paper back, or left", async () => {
      const gus = await member("gus");
      const hideAll = async (id: string) => {
        const hide = async (kind: "note" | "picture") =>
          (await store.moderation.decide(mo, { act: `hide-${kind}`, subject: { kind, id }, reason: "No." }))!.id;
        return [await hide("note"), await hide("picture")];
      };
      const first = await sendPaper(store, gus, "2503.00003");
      const lines = await hideAll(first.id);
      expect(JSON.stringify(await store.submissions.exportOf(gus))).toContain("My address");
      expect(await store.submissions.undo(first.id, gus, () => null)).toBeNull();
      expect(await store.submissions.image(first.image.id)).toBeNull();
      for (const line of lines) expect(await store.moderation.undo(mo, line)).toBeNull();
      const second = await sendPaper(store, gus, "2503.00003");
      await hideAll(second.id);
      await store.accounts.erase(gus);
      expect(await store.submissions.image(second.image.id)).toBeNull();
      expect(await store.submissions.find(second.id)).toMatchObject({ hidden: { note: null, image: null } });
    });

    it("keeps the log when an account goes, without its name, and exports to a person what concerns them", async () => {
      const dana = await member("dana");
      const said = await comment(dana);
      const hide = { act: "hide-comment", subject: { kind: "comment", id: said.id }, reason: "Spam." } as const;
      const entry = await store.moderation.decide(mo, hide);
      expect(JSON.stringify(await store.moderation.exportOf(dana))).toContain("Spam.");
      await store.accounts.erase(dana);
      expect(await store.moderation.findEntry(entry!.id)).toMatchObject({ person: null, reason: "Spam." });
      const { total } = await store.moderation.log({ limit: 5, offset: 0 });
      expect(total).toBeGreaterThan(5);
    });
  });
}

/** A paper that was put forward with a note and a picture, and shows. */
async function sendPaper(store: Store, accountId: string, paperId: string) {
  const image = {
    id: paperId.replace(".", "").padStart(32, "0"),
    type: "image/png" as const,
    width: 1,
    height: 1,
    bytes: Uint8Array.from([1]),
    text: "My door",
  };
  const cap = { most: 9, sinceMs: 0 };
  const sent = { accountId, paperId, edition: "2025-03-28", state: "shown", note: "My address", image, cap } as const;
  return { id: await store.submissions.add(sent), image };
}
