import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  COMMENT_LIMITS,
  type Comment,
  type CommentState,
  checkEdit,
  checkRestore,
  mentionsIn,
  readCommentBody,
  reasonToHold,
  threadsOf,
} from "./comment.ts";

const AT = "2025-03-28T12:00:00.000Z";
const by = (id: string) => ({ id, handle: id, name: id, role: "reader" as const });
const comment = (id: string, more: Partial<Comment> = {}): Comment => ({
  id,
  paperId: "2503.00001",
  parentId: null,
  author: by("ada"),
  body: "words",
  state: "shown",
  reason: null,
  edits: 0,
  createdAt: AT,
  updatedAt: AT,
  ...more,
});

describe("the text of a comment", () => {
  it("keeps words, line breaks and formulas, and drops what turns a page around", () => {
    expect(readCommentBody(" a\r\nb\u0000\u202e $x$ \n")).toBe("a\nb $x$");
  });

  it("is refused empty and refused too long, with the reason", () => {
    expect(() => readCommentBody(" \n ")).toThrow("Write something first.");
    expect(() => readCommentBody("a".repeat(10_001))).toThrow("at most 10000 characters; this one has 10001");
    expect(readCommentBody("a".repeat(10_000))).toHaveLength(10_000);
  });
});

describe("mentions", () => {
  it.each([
    ["@ada and @Bob-2, see (@cy).", ["ada", "bob-2", "cy"]],
    ["mail me@example.org or @me@example.org", []],
    ["`@code` and\n```\n@block\n``` but @real", ["real"]],
    ["https://example.org/@name a/@b", []],
    ["@ada @ada @ADA", ["ada"]],
    ["@-no @no- yes", ["no"]],
    ["@@ @ada", ["ada"]],
  ])("in %j are %j", (text, handles) => expect(mentionsIn(text)).toEqual(handles));

  it("call at most ten", () => {
    const text = Array.from({ length: 30 }, (_, at) => `@reader${at}`).join(" ");
    expect(mentionsIn(text)).toHaveLength(COMMENT_LIMITS.mentions);
  });

  it("never fail on any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const handle of mentionsIn(text)) expect(handle).toMatch(/^[a-z0-9][a-z0-9-]*$/);
      }),
    );
  });
});

describe("what is looked at first", () => {
  it("is a link by a new account, and nothing else", () => {
    expect(reasonToHold(0, "see https://example.org")).toContain("moderator");
    expect(reasonToHold(0, "see [this](//example.org)")).toContain("moderator");
    expect(reasonToHold(0, "I like equation (3).")).toBeNull();
    expect(reasonToHold(1, "see https://example.org")).toBeNull();
  });
});

describe("who may change a comment", () => {
  it("is its author, while nobody hid it", () => {
    expect(() => checkEdit(comment("1"), "bob")).toThrow("Only its author");
    expect(() => checkEdit(comment("1", { author: null }), "ada")).toThrow("Only its author");
    expect(() => checkEdit(comment("1", { state: "hidden" }), "ada")).toThrow("appeal");
    expect(() => checkEdit(comment("1", { state: "deleted" }), "ada")).toThrow("Put it back first");
    expect(() => checkEdit(comment("1", { edits: 50 }), "ada")).toThrow("too often");
    checkEdit(comment("1", { state: "held" }), "ada");
  });

  it("may put it back for a quarter of an hour", () => {
    const gone = comment("1", { state: "deleted" });
    checkRestore(gone, "ada", Date.parse(AT) + COMMENT_LIMITS.undoMs);
    expect(() => checkRestore(gone, "ada", Date.parse(AT) + COMMENT_LIMITS.undoMs + 1)).toThrow("too late");
    expect(() => checkRestore({ ...gone, body: "" }, "ada", Date.parse(AT))).toThrow("too late");
    expect(() => checkRestore(comment("1"), "ada", Date.parse(AT))).toThrow("not deleted");
  });
});

describe("threads", () => {
  const view = (comments: Comment[], reader?: string, order: "new" | "top" = "new", moderates = false) =>
    threadsOf(comments, { reader, moderates, order, weight: (id) => (id === "1" ? 9 : 0) }).map(
      ({ comment: { id }, replies }) => [id, ...replies.map((reply) => reply.id)].join(" "),
    );
  const talk = [comment("1"), comment("2"), comment("3", { parentId: "1" }), comment("4", { parentId: "1" })];

  it("stand newest first or by reactions, with answers in their order", () => {
    expect(view(talk)).toEqual(["2", "1 3 4"]);
    expect(view(talk, undefined, "top")).toEqual(["1 3 4", "2"]);
  });

  it("keep the place of a deleted comment only while somebody answers it", () => {
    const gone = (id: string, more: Partial<Comment> = {}) => comment(id, { state: "deleted", body: "", ...more });
    expect(view([gone("1"), gone("2"), comment("3", { parentId: "1" })])).toEqual(["1 3"]);
    expect(view([gone("1"), gone("3", { parentId: "1" })])).toEqual([]);
  });

  it("show what is held or hidden to its author and to moderators alone", () => {
    const states: CommentState[] = ["held", "hidden"];
    for (const state of states) {
      expect(view([comment("1", { state })])).toEqual([]);
      expect(view([comment("1", { state })], "bob")).toEqual([]);
      expect(view([comment("1", { state })], "ada")).toEqual(["1"]);
      expect(view([comment("1", { state })], "bob", "new", true)).toEqual(["1"]);
      expect(view([comment("1", { state, author: null })])).toEqual([]);
    }
  });
});
