/** What every database must do for submissions and for curators. */
import { closeRefusal, type IncomingRecord, undoRefusal } from "@paperwire/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Store } from "./store.ts";

const DAY = "2025-03-28";
const NEXT = "2025-03-29";
const range = { first: DAY, last: DAY };

function paper(id: string, entry?: IncomingRecord["entry"]): IncomingRecord {
  const facts = { title: `Paper ${id}`, publishedAt: "2025-03-27T12:00:00.000Z" };
  return { identifiers: [{ scheme: "arxiv", value: id }], facts, ...(entry && { entry }) };
}

export function describeDesk(name: string, open: () => Promise<Store>): void {
  describe(`submissions and the desk on ${name}`, () => {
    let store: Store;
    const cap = { most: 3, sinceMs: 0 };
    const send = (accountId: string, paperId: string, more = {}) =>
      store.submissions.add({
        accountId,
        paperId,
        edition: DAY,
        state: "shown",
        note: null,
        image: null,
        cap,
        ...more,
      });
    const order = async (date = DAY) =>
      (
        await store.editions.listEntries({ range: { first: date, last: date }, order: "edition", limit: 50, offset: 0 })
      ).items.map(({ paper: { id } }) => id);
    beforeAll(async () => {
      store = await open();
      for (const handle of ["ada", "bela", "cy"]) {
        await store.accounts.add({ id: `id-${handle}`, handle, name: `Name of ${handle}`, email: `${handle}@x.org` });
      }
      await store.papers.takeIn([
        paper("2503.10001", { edition: DAY, upvotes: 9, position: 1, submittedBy: { name: "ada", fullname: "Other" } }),
        paper("2503.10002", { edition: DAY, upvotes: 5, position: 2 }),
        ...["2503.10003", "2503.10004", "2503.10005", "2503.10006", "2503.10007"].map((id) => paper(id)),
      ]);
    });
    afterAll(() => store?.close());

    it("puts a paper forward once, into the edition, under its sender's own name", async () => {
      const before = await store.activity();
      const id = await send("id-ada", "2503.10003", { note: "Look." });
      expect(await store.activity()).toBeGreaterThan(before);
      expect(await store.submissions.find(id)).toMatchObject({
        paperId: "2503.10003",
        title: "Paper 2503.10003",
        sender: { handle: "ada" },
        state: "shown",
        note: "Look.",
        image: null,
      });
      expect(await send("id-bela", "2503.10003")).toBe("known");
      expect(await send("id-bela", "2503.10001")).toBe("known");
      const own = await store.editions.listEntries({ range, order: "edition", submitter: "ada", limit: 9, offset: 0 });
      expect(own.items.map(({ entry }) => entry.submittedBy?.fullname)).toEqual(["Other", "Name of ada"]);
      expect((await store.submissions.openOf("2503.10003"))?.id).toBe(id);
    });

    it("counts an account's share exactly, also at the same moment", async () => {
      const answers = await Promise.all(
        ["2503.10004", "2503.10005", "2503.10006"].map((id) => send("id-bela", id, { cap: { most: 2, sinceMs: 0 } })),
      );
      expect(answers.filter((answer) => answer === "cap")).toHaveLength(1);
      expect(await store.submissions.countBy("id-bela", 0)).toBe(2);
      for (const one of await store.submissions.listByAccount("id-bela")) {
        expect(await store.submissions.undo(one.id, "id-bela", undoRefusal)).toBeNull();
      }
      expect(await order()).toEqual(["2503.10001", "2503.10002", "2503.10003"]);
    });

    it("keeps a picture as long as a submission shows it, and gives it back as it came", async () => {
      const image = {
        id: "0123456789abcdef0123456789abcdef",
        type: "image/png" as const,
        width: 3,
        height: 2,
        bytes: Uint8Array.from([0, 255, 1, 92, 120]),
        text: "A plot",
      };
      const id = await send("id-cy", "2503.10004", { image });
      expect((await store.submissions.find(id))?.image).toMatchObject({ id: image.id, text: "A plot", width: 3 });
      expect([...(await store.submissions.image(image.id))!.bytes]).toEqual([...image.bytes]);
      expect(await store.submissions.undo(id, "id-ada", undoRefusal)).toBeUndefined();
      expect(await store.submissions.undo(id, "id-cy", undoRefusal)).toBeNull();
      expect(await store.submissions.image(image.id)).toBeNull();
    });

    it("lets nobody take back what others have voted for", async () => {
      const id = await send("id-cy", "2503.10004");
      await store.upvotes.add("id-cy", "2503.10004");
      expect(await store.submissions.undoFacts(id)).toMatchObject({ votesOfOthers: 0 });
      await store.upvotes.add("id-ada", "2503.10004");
      expect(await store.submissions.undo(id, "id-cy", undoRefusal)).toContain("voted");
    });

    it("lets a curator look first: wait, let in, decline, and think again", async () => {
      const id = await send("id-ada", "2503.10005", { state: "waiting" });
      expect((await store.submissions.listWaiting()).map((one) => one.id)).toEqual([id]);
      expect(await order()).not.toContain("2503.10005");
      const decision = { by: "id-cy", edition: DAY, reason: null };
      expect(await store.submissions.decide(id, { ...decision, state: "shown" })).toMatchObject({ state: "shown" });
      expect(await order()).toContain("2503.10005");
      const declined = { ...decision, state: "declined" as const, reason: "Not research." };
      // Another curator has the page from before; and a button is pressed twice.
      expect(await store.submissions.decide(id, declined)).toBeNull();
      expect(await store.submissions.decide(id, { ...decision, state: "shown" })).toMatchObject({ state: "shown" });
      expect(await order()).toContain("2503.10005");
      await store.submissions.decide(id, { ...decision, state: "waiting" });
      expect(await store.submissions.decide(id, declined)).toMatchObject({ reason: "Not research." });
      expect(await store.submissions.decide(id, { ...declined, reason: "Other" })).toMatchObject({
        reason: "Not research.",
      });
      expect(await order()).not.toContain("2503.10005");
      expect(await store.submissions.decide(id, { ...decision, state: "waiting" })).toMatchObject({ reason: null });
      await store.submissions.undo(id, "id-ada", undoRefusal);
      expect(await store.submissions.decide(id, { ...decision, state: "shown" })).toBeNull();
    });

    it("puts picks first in their order, with notes, while the edition is open", async () => {
      const act = (paperId: string) => ({ date: DAY, paperId, by: "id-cy" });
      expect(await store.desk.pick(act("2503.10006"))).toBe("done");
      expect(await store.desk.pick(act("2503.10002"))).toBe("done");
      expect(await store.desk.pick(act("2503.99999"))).toBe("unknown");
      expect((await order()).slice(0, 3)).toEqual(["2503.10006", "2503.10002", "2503.10001"]);
      await store.desk.move({ ...act("2503.10002"), to: 1 });
      expect(await store.desk.annotate({ ...act("2503.10002"), note: "Neat." })).toBe("done");
      expect(await store.desk.annotate({ ...act("2503.10001"), note: "Neat." })).toBe("unknown");
      expect((await order()).slice(0, 3)).toEqual(["2503.10002", "2503.10006", "2503.10001"]);
      const [first] = await store.desk.listPicks(DAY);
      expect(first).toMatchObject({ note: "Neat.", pickedBy: "cy", entry: { place: 1, pick: { note: "Neat." } } });
      await store.desk.unpick(act("2503.10006"));
      expect(await order()).not.toContain("2503.10006");
      await store.desk.unpick(act("2503.10002"));
      expect((await order())[0]).toBe("2503.10001");
    });

    it("lets no curator undo unseen what another did to a note or to the order", async () => {
      const act = (paperId: string) => ({ date: DAY, paperId, by: "id-cy" });
      for (const id of ["2503.10006", "2503.10002", "2503.10001"]) await store.desk.pick(act(id));
      const picks = async () => (await store.desk.listPicks(DAY)).map(({ paper: { id }, note }) => [id, note]);
      const note = (text: string, was: string | null) => store.desk.annotate({ ...act("2503.10002"), note: text, was });
      const both = await Promise.all([note("One.", null), note("Two.", null)]);
      expect(both.toSorted()).toEqual(["changed", "done"]);
      const written = (await picks())[1]![1]!;
      expect(await note(written, null)).toBe("done");
      expect(await note("Three.", written)).toBe("done");
      // Both saw the second paper in the second place.
      const up = () => store.desk.move({ ...act("2503.10002"), to: 1, from: 2 });
      const down = () => store.desk.move({ ...act("2503.10002"), to: 3, from: 2 });
      expect([await up(), await up(), await down()]).toEqual(["done", "done", "changed"]);
      expect(await picks()).toEqual([
        ["2503.10002", "Three."],
        ["2503.10006", null],
        ["2503.10001", null],
      ]);
      for (const [id] of await picks()) expect(await store.desk.unpick(act(id!))).toBe("done");
      expect(await store.desk.unpick(act("2503.10002"))).toBe("done");
    });

    it("offers what was published close by and is in no edition, until it is passed over", async () => {
      const ids = async () =>
        (await store.desk.listCandidates({ date: DAY, limit: 20, offset: 0 })).items.map(({ paper: { id } }) => id);
      expect(await ids()).toEqual(["2503.10007", "2503.10006", "2503.10005"]);
      await store.upvotes.add("id-ada", "2503.10005");
      expect((await ids())[0]).toBe("2503.10005");
      const act = { date: DAY, paperId: "2503.10007", by: "id-cy" };
      await store.desk.pass(act);
      expect(await ids()).not.toContain("2503.10007");
      await store.desk.unpass(act);
      expect(await ids()).toContain("2503.10007");
      expect(await store.desk.listCandidates({ date: "2020-01-01", limit: 20, offset: 0 })).toEqual({
        items: [],
        total: 0,
      });
    });

    it("closes an edition once: nothing is picked after that, votes decide the place, news goes to the next", async () => {
      const act = { date: DAY, paperId: "2503.10006", by: "id-cy" };
      await store.desk.pick(act);
      expect((await order())[0]).toBe("2503.10006");
      const close = () => store.desk.close({ date: DAY, by: "id-cy" }, (state) => closeRefusal(state, DAY));
      expect(await close()).toBeNull();
      expect(await close()).toContain("closed already");
      expect(await store.desk.state(DAY)).toMatchObject({ closed: true });
      expect((await order())[0]).toBe("2503.10001");
      for (const refused of [
        store.desk.pick(act),
        store.desk.unpick(act),
        store.desk.move({ ...act, to: 1 }),
        store.desk.annotate({ ...act, note: "x" }),
      ]) {
        expect(await refused).toBe("closed");
      }
      expect(await store.desk.openFrom(DAY)).toBe(NEXT);
      const picked = await store.papers.editionsOf("2503.10006");
      expect(picked[0]).toMatchObject({ edition: DAY, pick: {} });
    });

    it("closes by the clock what is over, oldest first", async () => {
      await store.papers.takeIn([
        paper("2503.10008", { edition: NEXT }),
        paper("2503.10009", { edition: "2025-03-27" }),
      ]);
      expect(await store.desk.closeOverdue(NEXT)).toEqual(["2025-03-27"]);
      expect(await store.desk.closeOverdue(NEXT)).toEqual([]);
      expect(await store.desk.state(NEXT)).toMatchObject({ closed: false, entries: 1 });
    });
  });
}
