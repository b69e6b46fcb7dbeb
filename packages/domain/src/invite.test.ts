import { describe, expect, it } from "vitest";
import type { Account } from "./account.ts";
import { growTree, invitesAllowed, parseInviteWish } from "./invite.ts";

const NOW = Date.UTC(2025, 2, 28);
const account = (more: Partial<Account>): Account => ({
  id: "1",
  handle: "ada",
  name: "Ada",
  role: "reader",
  trust: 0,
  createdAt: new Date(0),
  ...more,
});

describe("inviting", () => {
  it("is for accounts that are known, more for the trusted, none for the suspended or stopped", () => {
    const allowed = (more: Partial<Account>) => invitesAllowed(account(more), NOW);
    expect(allowed({})).toBe(0);
    expect(allowed({ trust: 1 })).toBeGreaterThan(0);
    expect(allowed({ trust: 2 })).toBeGreaterThan(allowed({ trust: 1 }));
    expect(allowed({ role: "curator" })).toBeGreaterThan(allowed({ trust: 2 }));
    expect(allowed({ trust: 2, invitesStopped: true })).toBe(0);
    expect(allowed({ role: "admin", suspendedUntil: new Date(NOW + 1) })).toBe(0);
    expect(allowed({ trust: 1, suspendedUntil: new Date(NOW - 1) })).toBe(5);
  });

  it("takes a short note in one line and one of the offered lengths", () => {
    expect(parseInviteWish({ note: "  see\n you ", days: "7" })).toEqual({ note: "see you", days: 7 });
    expect(() => parseInviteWish({ note: "x".repeat(201), days: "7" })).toThrow("200");
    expect(() => parseInviteWish({ note: "", days: "8" })).toThrow("lengths");
  });
});

it("grows a tree in which a deleted account keeps its place", () => {
  const node = (id: string, parent: string | null, handle: string | null = id) => ({
    id,
    parent,
    handle,
    suspended: false,
    at: "2025-03-28T00:00:00Z",
  });
  const [top, ...others] = growTree([node("3", "2"), node("1", null), node("2", "1", null), node("4", "1")]);
  expect(others).toEqual([]);
  expect(top!.invited.map(({ id }) => id)).toEqual(["2", "4"]);
  expect(top!.invited[0]).toMatchObject({ handle: null, invited: [{ id: "3" }] });
  expect(growTree([node("9", "8")])).toHaveLength(1);
});
