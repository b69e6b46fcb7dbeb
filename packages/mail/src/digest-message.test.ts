import { DEFAULT_PREFERENCES, type Digest, type DigestItem } from "@paperwire/domain";
import { describe, expect, it } from "vitest";
import { composeDigest, HTML_BYTES_MAX } from "./digest-message.ts";
import type { DigestRequest } from "./digest-parts.ts";
import { createEncoder } from "./encode-message.ts";
import { DARK, LIGHT } from "./html-frame.ts";
import { testMessage } from "./transport.contract.ts";

const item = (n: number, change: Partial<DigestItem> = {}): DigestItem => ({
  paperId: `2503.${String(n).padStart(5, "0")}`,
  title: `Paper number ${n} on $x^${n % 10}$ & <others>`,
  authors: ["Ada Example", "Béla Example"],
  authorsTotal: 5,
  lead: `Lead of paper ${n}.`,
  upvotes: 100 - n,
  submittedBy: "A K",
  topics: ["cs.cv"],
  links: [{ label: "arXiv", url: `https://arxiv.org/abs/2503.${n}` }],
  ...change,
});

const request = (items: DigestItem[], change: Partial<DigestRequest> = {}): DigestRequest => ({
  digest: {
    name: "2025-03-28",
    cadence: "daily",
    range: { first: "2025-03-28", last: "2025-03-28" },
    items,
    total: items.length,
    corrections: [],
  } satisfies Digest,
  wishes: DEFAULT_PREFERENCES,
  site: {
    siteName: "Paperwire",
    baseUrl: "https://papers.example.org",
    senderIdentity: "Example Society, 1 Example Street",
  },
  links: {
    manageUrl: "https://papers.example.org/subscription/m",
    unsubscribeUrl: "https://papers.example.org/unsubscribe/u",
  },
  ...change,
});

const twelve = Array.from({ length: 12 }, (_, n) => item(n + 1));

describe("a digest", () => {
  const { subject, text, html } = composeDigest(request(twelve))!;

  it("says in its subject the day and what is inside", () => {
    expect(subject).toBe("28 March 2025: Paper number 1 on x¹ & <others> and 9 more");
  });

  it("has the same papers in the same order in both parts, with the reason for each", () => {
    const order = (part: string) =>
      [...part.matchAll(/\d+\. +(?:<a[^>]*>)?Paper number (\d+)/g)].map((found) => Number(found[1]));
    expect(order(text)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(order(html!)).toEqual(order(text));
    expect(text.match(/Why it is here: \d+ upvotes, put forward by A K/g)).toHaveLength(10);
    expect(html!.match(/Why it is here/g)).toHaveLength(10);
    expect(text).toContain("Ada Example, Béla Example and 3 more");
  });

  it("says how complete it is", () => {
    expect(text).toContain("The edition is closed with 12 papers. 10 are here, in the order of their");
    expect(html).toContain("2 more on the web");
    const filtered = composeDigest(
      request(twelve, { wishes: { ...DEFAULT_PREFERENCES, papersMax: 3, upvotesMin: 90 } }),
    )!;
    expect(filtered.text.replace(/\n/g, " ")).toContain("10 of them fit your wishes; 3 are here");
    expect(filtered.heldBack).toBe(7);
  });

  it("can be left near the top and at the bottom of both parts", () => {
    for (const part of [text, html!]) {
      const first = part.indexOf("https://papers.example.org/unsubscribe/u");
      const last = part.lastIndexOf("https://papers.example.org/unsubscribe/u");
      expect(first).toBeLessThan(part.search(/2\. +(?:<a[^>]*>)?Paper number 2/));
      expect(last).toBeGreaterThan(part.lastIndexOf("Paper number 10"));
    }
    expect(text).toContain("Example Society, 1 Example Street");
  });

  it("loads nothing, counts nothing, and links only to where it says", () => {
    expect(html).not.toMatch(/<img|<link|<script|@import|url\(|background=|<iframe|<object/i);
    const hosts = [...html!.matchAll(/href="https:\/\/([^/"]+)/g)].map((found) => found[1]);
    expect(new Set(hosts)).toEqual(new Set(["papers.example.org", "arxiv.org"]));
  });

  it("has a language, one first heading, headings, a list, and tables that are none to a screen reader", () => {
    expect(html).toMatch(/<html lang="en" dir="ltr">/);
    expect(html!.match(/<h1/g)).toHaveLength(1);
    expect(html!.match(/<h2/g)).toHaveLength(10);
    expect(html!.match(/<li/g)).toHaveLength(10);
    expect(html!.match(/<table/g)).toHaveLength(html!.match(/<table role="presentation"/g)!.length);
    expect(html).toContain("<title>28 March 2025");
    const sizes = [...html!.matchAll(/font:(?:bold )?(\d+)px|font-size:(\d+)px/g)].map((found) =>
      Number(found[1] ?? found[2]),
    );
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(16);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain("prefers-color-scheme:dark");
  });

  it("writes words of others as words", () => {
    expect(html).toContain("x¹ &amp; &lt;others&gt;");
    const evil = composeDigest(
      request([item(1, { title: '"><script>alert(1)</script>', lead: "<img src=x>", authors: ["<b>"] })]),
    )!;
    expect(evil.html).not.toMatch(/<script|<img|<b>/);
  });

  it("wraps its text part, and puts the links at its foot", () => {
    const long = text.split("\n").filter((line) => line.length > 72 && !line.includes("https://"));
    expect(long).toEqual([]);
    expect(text).toContain("[1] https://papers.example.org/papers/2503.00001");
    expect(text).toContain("arXiv [2]");
  });

  it("is the same every time, and text only where that was asked for", () => {
    expect(composeDigest(request(twelve))).toEqual(composeDigest(request(twelve)));
    expect(composeDigest(request(twelve, { wishes: { ...DEFAULT_PREFERENCES, plainText: true } }))).not.toHaveProperty(
      "html",
    );
  });

  it("is not made where nothing fits", () => {
    expect(composeDigest(request([]))).toBeNull();
    expect(composeDigest(request(twelve, { wishes: { ...DEFAULT_PREFERENCES, topics: ["math.co"] } }))).toBeNull();
  });

  it("tells what changed about papers mailed before", () => {
    const digest = {
      ...request(twelve).digest,
      corrections: [{ paperId: "2503.09999", title: "Old one", what: "it has a new title" }],
    };
    const corrected = composeDigest(request(twelve, { digest }))!;
    expect(corrected.text).toMatch(/Corrections\n\n\* Old one \[\d+\]: it has a new title/);
    expect(corrected.html).toContain("Corrections</h2>");
  });

  it("stays below what Gmail cuts off, however long the words", async () => {
    const long = Array.from({ length: 15 }, (_, n) =>
      item(n, {
        title: "長い題名 ".repeat(400),
        lead: "要約文 ".repeat(1_000),
        authors: Array(5).fill("名".repeat(300)),
        links: Array.from({ length: 9 }, () => ({ label: "大きい", url: `https://example.org/${"x".repeat(1_900)}` })),
      }),
    );
    const content = composeDigest(request(long, { wishes: { ...DEFAULT_PREFERENCES, papersMax: 15 } }))!;
    expect(content.papers).toBeGreaterThan(3);
    expect(content.papers + content.heldBack).toBe(15);
    const { bytes } = await createEncoder()(testMessage({ html: content.html!, text: "" }));
    expect(bytes.length).toBeLessThan(102_000);
    expect(bytes.length).toBeGreaterThan(HTML_BYTES_MAX / 2);
  });
});

describe("the colours", () => {
  const luminance = (hex: string) => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const contrast = (a: string, b: string) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light! + 0.05) / (dark! + 0.05);
  };

  it.each([LIGHT, DARK])("can be read: %o", (scheme) => {
    for (const ink of [scheme.ink, scheme.muted, scheme.link]) expect(contrast(ink, scheme.page)).toBeGreaterThan(4.5);
  });
});
