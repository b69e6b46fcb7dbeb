import { describe, expect, it } from "vitest";
import { atLeast, ROLES } from "./account.ts";

describe("atLeast", () => {
  it("lets each role do what the ones before it may, and nothing beyond", () => {
    const table = ROLES.map((role) => ROLES.filter((least) => atLeast(role, least)));
    expect(table).toEqual([
      ["reader"],
      ["reader", "curator"],
      ["reader", "curator", "moderator"],
      ["reader", "curator", "moderator", "admin"],
    ]);
  });
});
