import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChannelPost } from "./channel-post.ts";
import { timeId } from "./send-to-channel.ts";
import { graphemes, shortText } from "./short-text.ts";

const post = (titles: string[]): ChannelPost => ({
  siteName: "Papers",
  name: "2025-03-28",
  cadence: "daily",
  heading: "Friday, 28 March 2025",
  url: "https://papers.example.org/date/2025-03-28",
  total: titles.length,
  papers: titles.map((title, n) => ({ title, authors: "", upvotes: n, url: `https://papers.example.org/papers/${n}` })),
});

describe("a post of few characters", () => {
  it("is never longer than its place takes, and always says where the rest is", () => {
    const title = fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 400 }),
      fc.constant("👩‍👩‍👧‍👦".repeat(200)),
    );
    fc.assert(
      fc.property(fc.array(title, { minLength: 1, maxLength: 15 }), fc.constantFrom(300, 500), (titles, limit) => {
        const { text, links } = shortText(post(titles), { limit });
        expect(graphemes(text).length).toBeLessThanOrEqual(limit);
        expect(text.endsWith("https://papers.example.org/date/2025-03-28")).toBe(true);
        const bytes = Buffer.from(text);
        for (const { byteStart, byteEnd } of links) {
          // No stretch cuts a character.
          expect(bytes.subarray(byteStart, byteEnd).toString()).not.toContain("\uFFFD");
          expect(byteEnd).toBeLessThanOrEqual(bytes.length);
        }
      }),
    );
  });

  it("counts an address as its place does", () => {
    const titles = Array.from({ length: 15 }, (_, n) => `A paper with a title of a common length, number ${n}`);
    const whole = shortText(post(titles), { limit: 500 });
    const counted = shortText(post(titles), { limit: 500, urlLength: 23 });
    expect(counted.text.length).toBeGreaterThanOrEqual(whole.text.length);
    expect(
      graphemes(counted.text).length - "https://papers.example.org/date/2025-03-28".length + 23,
    ).toBeLessThanOrEqual(500);
  });
});

describe("a record's name", () => {
  it("is as atproto wants it, in the order of time", () => {
    const mark = (putMs: number) => ({ id: "01JQ0000000000000000000000", putMs, nowMs: 0 });
    const one = timeId(mark(1_743_163_200_000));
    expect(one).toMatch(/^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/);
    expect(timeId(mark(1_743_163_200_001)) > one).toBe(true);
  });
});
