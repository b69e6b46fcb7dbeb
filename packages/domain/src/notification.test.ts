import fc from "fast-check";
import { expect, it } from "vitest";
import {
  bundleIsDue,
  DEFAULT_NOTIFICATION_WISHES,
  howToTell,
  MAIL_PACES,
  NOTIFICATION_KINDS,
  readNotificationWishes,
} from "./notification.ts";

const HOUR_MS = 3_600_000;

it("tells everything on the site and by mail, until somebody says otherwise", () => {
  for (const { kind } of NOTIFICATION_KINDS) {
    expect(howToTell(kind, DEFAULT_NOTIFICATION_WISHES)).toEqual({ mail: true });
    expect(howToTell(kind, { ...DEFAULT_NOTIFICATION_WISHES, pace: "never" })).toEqual({ mail: false });
    expect(howToTell(kind, { ...DEFAULT_NOTIFICATION_WISHES, unmailed: [kind] })).toEqual({ mail: false });
  }
});

it("leaves out what is switched off, but never what a moderator did", () => {
  const off = { pace: "never", hidden: NOTIFICATION_KINDS.map(({ kind }) => kind), unmailed: [] } as const;
  for (const { kind } of NOTIFICATION_KINDS) {
    expect(howToTell(kind, off)).toEqual(kind === "moderation" ? { mail: false } : null);
  }
});

it("reads a form, in which an unticked box is absent", () => {
  const fields = Object.fromEntries(NOTIFICATION_KINDS.map(({ kind }) => [`site-${kind}`, "on"]));
  expect(readNotificationWishes({ ...fields, pace: "at-once", "mail-reply": "on" })).toEqual({
    pace: "at-once",
    hidden: [],
    unmailed: ["mention", "claim", "pick", "submission", "moderation"],
  });
  const nothing = readNotificationWishes({ pace: "hourly" });
  expect([nothing.pace, nothing.hidden.includes("moderation")]).toEqual(["daily", false]);
});

it("mails once a day at most, unless asked", () => {
  const daily = { pace: "daily", oldestMs: 0, mailedMs: null } as const;
  expect(bundleIsDue(daily, HOUR_MS - 1)).toBe(false);
  expect(bundleIsDue(daily, HOUR_MS)).toBe(true);
  expect(bundleIsDue({ ...daily, pace: "at-once" }, 1)).toBe(true);
  expect(bundleIsDue({ ...daily, pace: "never" }, 99 * HOUR_MS)).toBe(false);
  const happenings = fc.array(fc.integer({ min: 0, max: 10 * 24 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(happenings, (hours) => {
      const mails: number[] = [];
      let waiting: number[] = [];
      for (let hour = 0; hour <= 12 * 24; hour++) {
        waiting.push(...hours.filter((one) => one === hour));
        const facts = { pace: "daily" as const, oldestMs: Math.min(...waiting) * HOUR_MS };
        const mailedMs = mails.length > 0 ? mails.at(-1)! * HOUR_MS : null;
        if (waiting.length > 0 && bundleIsDue({ ...facts, mailedMs }, hour * HOUR_MS)) {
          mails.push(hour);
          waiting = [];
        }
      }
      expect(waiting).toEqual([]);
      for (const [at, hour] of mails.slice(1).entries()) expect(hour - mails[at]!).toBeGreaterThanOrEqual(24);
    }),
  );
  expect(MAIL_PACES[0]).toBe("daily");
});
