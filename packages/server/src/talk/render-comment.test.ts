import { describe, expect, it } from "vitest";
import { livePartsOf } from "../hostile/live-parts.ts";
import { XSS_PAYLOADS } from "../hostile/xss-payloads.ts";
import { renderComment } from "./render-comment.ts";

describe("a comment as HTML", () => {
  it.each([
    ["**bold** and *soft*", "<p><strong>bold</strong> and <em>soft</em></p>"],
    ["a\nb", "<p>a<br />\nb</p>"],
    ["# Big", "<h4>Big</h4>"],
    ["`x < y`", "<p><code>x &lt; y</code></p>"],
    ["> said", "<blockquote>\n<p>said</p>\n</blockquote>"],
    ["3. c", '<ol start="3">\n<li>c</li>\n</ol>'],
    ["<b>raw</b>", "<p>&lt;b&gt;raw&lt;/b&gt;</p>"],
  ])("%j is %s", (body, html) => expect(renderComment(body)).toBe(html));

  it("marks every address as a stranger's", () => {
    const rel = 'rel="nofollow ugc noopener"';
    expect(renderComment("https://example.org/a")).toContain(`<a href="https://example.org/a" ${rel}>`);
    expect(renderComment("[here](https://example.org)")).toContain(rel);
    expect(renderComment("example.org and me@example.org")).not.toContain("<a");
  });

  it("shows a picture as a link to it, so that no other site learns of the reader", () => {
    const html = renderComment("![a cat](https://example.org/cat.png)");
    expect(html).toContain('<a href="https://example.org/cat.png" rel="nofollow ugc noopener">Picture: a cat</a>');
    expect(html).not.toContain("<img");
  });

  it("sets formulas, which Markdown would tear at their underscores, and leaves prices alone", () => {
    const html = renderComment("$a_i + b_i$ and _soft_ for $5 or $6");
    expect(html).toContain("<msub><mi>a</mi><mi>i</mi></msub>");
    expect(html).toContain("<em>soft</em> for $5 or $6");
    expect(renderComment("$$\\sum_{i} x_i$$")).toContain('class="formula display"');
    expect(renderComment("`$a_i$`")).toBe("<p><code>$a_i$</code></p>");
  });

  it("writes formulas as signs for feed readers, which know no MathML", () => {
    const html = renderComment("$\\alpha_1 < 2$ and $\\underbrace{x}_{y}$", { asSigns: true });
    expect(html).not.toContain("<math");
    expect(html).toContain("α");
    expect(html).toContain("&lt; 2");
  });

  it("links those who exist when they are called", () => {
    const html = renderComment("@Ada, not @bob", { known: new Set(["ada"]) });
    expect(html).toContain('<a href="/@ada" rel="nofollow ugc noopener">@Ada</a>, not @bob');
    expect(renderComment("`@ada`", { known: new Set(["ada"]) })).not.toContain("<a");
  });

  it.each([
    ["nested quotes", ">".repeat(5_000)],
    ["nested lists", Array.from({ length: 99 }, (_, at) => `${" ".repeat(at)}- x`).join("\n")],
    ["open brackets", "[".repeat(10_000)],
    ["open emphasis", "*a ".repeat(3_333)],
    ["backticks", Array.from({ length: 140 }, (_, at) => "`".repeat(at)).join(" ")],
    ["formulas", "$x$ ".repeat(2_500)],
    ["open formulas", "\\(".repeat(5_000)],
    ["a macro bomb", "$\\def\\a{xxxxxxxxxx}\\def\\b{\\a\\a\\a\\a\\a\\a\\a\\a}\\b\\b\\b\\b\\b\\b\\b\\b$"],
    ["links", "[a](".repeat(2_500)],
    ["entities", "&amp;".repeat(2_000)],
    ["mentions", "@a ".repeat(3_333)],
  ])("ends on a bomb of %s with a page of bounded size", (_kind, body) => {
    expect(renderComment(body, { known: new Set(["a"]) }).length).toBeLessThan(500_000);
  });
});

describe("of hostile comments", () => {
  it("the parser finds what is live, so that finding nothing means something", () => {
    expect(livePartsOf('<p><img src=x onerror=y><a href="java&#x09;script:z">x</a><svg onload=y>')).toEqual([
      "<img>",
      "src=",
      "onerror=",
      "href=java\tscript:z",
      "<svg>",
      "onload=",
    ]);
  });

  it("there are at least two hundred kinds here", () => expect(new Set(XSS_PAYLOADS).size).toBeGreaterThanOrEqual(200));

  it.each(XSS_PAYLOADS.map((payload, at) => [at, payload] as const))("number %i is harmless: %j", (_at, payload) => {
    for (const body of [payload, `[x](${payload})`, `![${payload}](${payload})`, `> ${payload}`, `$${payload}$`]) {
      expect(livePartsOf(renderComment(body))).toEqual([]);
    }
  });
});
