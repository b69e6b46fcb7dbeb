import { describe, expect, it } from "vitest";
import { createLanes, parseProviderLimits, providerOf } from "./provider-lanes.ts";

describe("a provider's lane", () => {
  it("is one for all domains of a provider", () => {
    expect(providerOf("a@GoogleMail.com")).toBe("gmail.com");
    expect(providerOf("a@hotmail.co.uk")).toBe("outlook.com");
    expect(providerOf('"a@gmail.com"@example.org')).toBe("example.org");
  });

  it("keeps its pace: a turn at a time, further ones put back one step apart", () => {
    const lanes = createLanes([{ domain: "gmail.com", perMinute: 60, atOnce: 5 }]);
    expect(lanes.ask("a@gmail.com", 0, 0)).toEqual({ kind: "go" });
    lanes.start("a@gmail.com", 0);
    expect(lanes.ask("b@gmail.com", 0, 0)).toEqual({ kind: "hold", ms: 1000 });
    expect(lanes.ask("c@gmail.com", 0, 5)).toEqual({ kind: "back", dueMs: 6000 });
    expect(lanes.ask("d@gmail.com", 0, 5)).toEqual({ kind: "back", dueMs: 7000 });
    expect(lanes.ask("a@example.org", 0, 0)).toEqual({ kind: "go" });
  });

  it("has so many under way and no more", () => {
    const lanes = createLanes([{ domain: "gmail.com", perMinute: 1_000_000, atOnce: 1 }]);
    lanes.start("a@gmail.com", 0);
    expect(lanes.ask("b@gmail.com", 500, 0)).toEqual({ kind: "hold", ms: 0 });
    lanes.end("a@gmail.com", { putOff: false, nowMs: 500 });
    expect(lanes.ask("b@gmail.com", 500, 0)).toEqual({ kind: "go" });
  });

  it("pauses for longer each time, until a mail is taken", () => {
    const lanes = createLanes([]);
    const fail = (nowMs: number) => {
      for (let n = 0; n < 3; n++) {
        lanes.start("a@example.org", nowMs);
        lanes.end("a@example.org", { putOff: true, nowMs });
      }
    };
    fail(0);
    expect(lanes.ask("a@example.org", 0, 0)).toEqual({ kind: "back", dueMs: 60_000 });
    fail(60_000);
    expect(lanes.ask("a@example.org", 60_000, 0)).toEqual({ kind: "back", dueMs: 180_000 });
    lanes.start("a@example.org", 180_000);
    lanes.end("a@example.org", { putOff: false, nowMs: 180_000 });
    fail(180_000);
    expect(lanes.ask("a@example.org", 180_000, 0)).toEqual({ kind: "back", dueMs: 240_000 });
  });

  it("is configured in words, or says what is wrong with them", () => {
    expect(parseProviderLimits(" gmail.com=300/5,outlook.com=60/2 ")).toEqual([
      { domain: "gmail.com", perMinute: 300, atOnce: 5 },
      { domain: "outlook.com", perMinute: 60, atOnce: 2 },
    ]);
    expect(parseProviderLimits("")).toEqual([]);
    for (const wrong of ["gmail.com", "gmail.com=0/5", "gmail.com=5/0", "gmail.com=5/101", "=5/5"]) {
      expect(() => parseProviderLimits(wrong)).toThrow(/should look like/);
    }
  });
});
