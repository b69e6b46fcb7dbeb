import { describe, expect, it } from "vitest";
import { prefersMarkdown } from "./accept.ts";
import { pickEncoding } from "./encoding.ts";

describe("which form of a page a client wants", () => {
  it.each([
    [undefined, false],
    ["*/*", false],
    ["text/html,application/xhtml+xml,*/*;q=0.8", false],
    ["text/markdown", true],
    ["text/markdown, */*", true],
    ["text/markdown;q=0.5, text/html", false],
    ["text/html;q=0.5, text/markdown;q=0.9", true],
    ["text/html, text/markdown", false],
    ["text/markdown, text/html", true],
    ["text/markdown;q=0", false],
    ["text/markdown;q=nonsense", false],
  ])("reads %j as %j", (accept, expected) => {
    expect(prefersMarkdown(accept)).toBe(expected);
  });
});

describe("which encoding a client reads", () => {
  const all = { identity: new Uint8Array(1), br: new Uint8Array(1), gzip: new Uint8Array(1) };

  it.each([
    [undefined, "identity"],
    ["gzip, deflate, br, zstd", "br"],
    ["gzip;q=1.0, br;q=0", "gzip"],
    ["br;q=0.0, gzip;q=0", "identity"],
    ["br;q=0.5", "br"],
    ["deflate", "identity"],
    ["abr, gzipped", "identity"],
  ])("answers %j with %s", (accepted, expected) => {
    expect(pickEncoding(all, accepted)).toBe(expected);
  });

  it("sends the plain form while no other is made", () => {
    expect(pickEncoding({ identity: new Uint8Array(1) }, "br, gzip")).toBe("identity");
  });
});
