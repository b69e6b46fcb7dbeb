import { describe, expect, it } from "vitest";
import { readPlainTex, readUnicodeCommands } from "./plain-tex.ts";

const texts = (text: string) => readPlainTex(text).map((run) => run.text);

describe("TeX in running text", () => {
  it("reads emphasis old and new", () => {
    expect(readPlainTex("\\emph{one} {\\bf two} \\texttt{three}")).toEqual([
      { text: "one", style: "em" },
      { text: " ", style: "plain" },
      { text: "two", style: "strong" },
      { text: " ", style: "plain" },
      { text: "three", style: "code" },
    ]);
  });

  it("reads a link, also between dollar signs, and only to the web", () => {
    expect(readPlainTex("at $\\href{https://example.org/a\\_b}{this page}$.")[1]).toEqual({
      text: "this page",
      style: "plain",
      href: "https://example.org/a_b",
    });
    expect(readPlainTex("\\href{javascript:alert(1)}{x}").every((run) => run.href === undefined)).toBe(true);
  });

  it("unescapes signs, quotes, ranges and symbols", () => {
    expect(texts("5\\% of ``this'' for \\$3, pages 1--9, 20\\deg, Figure~2")).toEqual([
      "5% of “this” for $3, pages 1–9, 20°, Figure\u00a02",
    ]);
  });

  it("leaves unknown commands as they were written", () => {
    expect(texts("our \\methodname beats \\cite{x}")).toEqual(["our \\methodname beats \\cite{x}"]);
  });

  it("reads characters named by number", () => {
    expect(readUnicodeCommands("long$\\unicode{x2014}$term")).toBe("long—term");
    expect(readUnicodeCommands("\\unicode{xfffff}")).toHaveLength(2);
  });
});
