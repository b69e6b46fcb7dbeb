import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTokens } from "./token.ts";

const tokens = createTokens(new Uint8Array(32).fill(7));
const subject = "01JQ0000000000000000000000";
const DAY_MS = 86_400_000;

describe("a token", () => {
  const token = tokens.sign({ purpose: "unsubscribe", subject, expiresMs: DAY_MS });

  it("names its subject until it expires", () => {
    expect(tokens.read("unsubscribe", token, 0)).toBe(subject);
    expect(tokens.read("unsubscribe", token, DAY_MS - 1)).toBe(subject);
    expect(tokens.read("unsubscribe", token, DAY_MS)).toBeNull();
  });

  it("is good for one purpose and under one key", () => {
    expect(tokens.read("manage", token, 0)).toBeNull();
    expect(createTokens(new Uint8Array(32).fill(8)).read("unsubscribe", token, 0)).toBeNull();
    expect(() => createTokens(new Uint8Array(16))).toThrow(/32 bytes/);
  });

  it("is short and needs no escaping in an address", () => {
    expect(token.length).toBeLessThan(60);
    expect(encodeURIComponent(token)).toBe(token);
  });

  it("means nothing once a single character is another", () => {
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
        const altered = token.slice(0, at) + character + token.slice(at + 1);
        // The last letter of 12 bytes in base64url carries no spare bits, so every other text is another code.
        expect(tokens.read("unsubscribe", altered, 0)).toBe(altered === token ? subject : null);
      }),
    );
    for (const text of ["", "..", token.slice(1), `${token}x`, token.replaceAll(".", "")]) {
      expect(tokens.read("unsubscribe", text, 0)).toBeNull();
    }
  });
});
