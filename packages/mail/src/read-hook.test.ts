import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hmacHex, isSignedBody, signBody } from "./hook-signature.ts";
import { isSignedByMailgun, readMailHook } from "./read-hook.ts";

const ID = "01JQ0000000000000000000000";
const MESSAGE = `<d.${ID}@example.org>`;
const NOW_MS = Date.UTC(2025, 2, 28, 12);
const SECRET = "a long enough secret";

describe("a provider's report", () => {
  it.each([
    ["our own form", { events: [{ kind: "hard", messageId: MESSAGE, reason: "no such\nuser" }] }, "hard", ID, null],
    [
      "our own form, by address",
      { events: [{ kind: "soft", address: "Ada@Example.net" }] },
      "soft",
      null,
      "ada@example.net",
    ],
    [
      "Mailgun",
      {
        signature: {},
        "event-data": {
          event: "failed",
          severity: "permanent",
          recipient: "ada@example.net",
          "delivery-status": { message: "550 5.1.1 no such user", code: 550 },
          message: { headers: { "message-id": MESSAGE.slice(1, -1) } },
        },
      },
      "hard",
      ID,
      "ada@example.net",
    ],
    [
      "Mailgun",
      { "event-data": { event: "failed", severity: "temporary", recipient: "a@b.c" } },
      "soft",
      null,
      "a@b.c",
    ],
    ["Mailgun", { "event-data": { event: "complained", recipient: "a@b.c" } }, "complaint", null, "a@b.c"],
    [
      "Postmark",
      { RecordType: "Bounce", Type: "HardBounce", Email: "a@b.c", Description: "gone" },
      "hard",
      null,
      "a@b.c",
    ],
    ["Postmark", { RecordType: "Bounce", Type: "SoftBounce", Email: "a@b.c" }, "soft", null, "a@b.c"],
    ["Postmark", { RecordType: "SpamComplaint", Email: "a@b.c" }, "complaint", null, "a@b.c"],
    [
      "SendGrid",
      [{ event: "bounce", type: "bounce", email: "a@b.c", status: "5.1.1", "smtp-id": MESSAGE }],
      "hard",
      ID,
      "a@b.c",
    ],
    ["SendGrid", [{ event: "bounce", type: "blocked", email: "a@b.c" }], "soft", null, "a@b.c"],
    // A full mailbox is no reason to give an address up, whatever the provider calls it.
    ["SendGrid", [{ event: "bounce", email: "a@b.c", status: "5.2.2", reason: "full" }], "soft", null, "a@b.c"],
    ["SendGrid", [{ event: "spamreport", email: "a@b.c" }], "complaint", null, "a@b.c"],
    [
      "Amazon SES",
      {
        Type: "Notification",
        Message: JSON.stringify({
          notificationType: "Bounce",
          bounce: { bounceType: "Permanent", bouncedRecipients: [{ emailAddress: "a@b.c", status: "5.1.1" }] },
          mail: { commonHeaders: { messageId: MESSAGE } },
        }),
      },
      "hard",
      ID,
      "a@b.c",
    ],
    [
      "Amazon SES",
      { eventType: "Complaint", complaint: { complainedRecipients: [{ emailAddress: "a@b.c" }] }, mail: {} },
      "complaint",
      null,
      "a@b.c",
    ],
  ] as const)("of %s is read", (_name, body, kind, deliveryId, address) => {
    expect(readMailHook(body)).toMatchObject([{ kind, deliveryId, address }]);
  });

  it("about anything else is passed over", () => {
    const others = [
      null,
      7,
      "x",
      [],
      {},
      [{ event: "open", email: "a@b.c" }],
      { "event-data": { event: "delivered" } },
    ];
    expect(others.flatMap((one) => readMailHook(one))).toEqual([]);
  });

  it("never throws, whatever the JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        expect(Array.isArray(readMailHook({ events: [body], "event-data": body, bounce: body }))).toBe(true);
      }),
    );
  });
});

describe("a signature", () => {
  it("fits its body, its secret and its minute only", () => {
    const body = '{"events":[]}';
    const header = signBody(SECRET, { body, timeMs: NOW_MS });
    expect(isSignedBody(SECRET, { body, header, nowMs: NOW_MS + 60_000 })).toBe(true);
    expect(isSignedBody(SECRET, { body: `${body} `, header, nowMs: NOW_MS })).toBe(false);
    expect(isSignedBody("another secret!!", { body, header, nowMs: NOW_MS })).toBe(false);
    expect(isSignedBody(SECRET, { body, header, nowMs: NOW_MS + 301_000 })).toBe(false);
    expect(isSignedBody(SECRET, { body, header: "t=1,v1=", nowMs: NOW_MS })).toBe(false);
  });

  it("of Mailgun is checked inside the body", () => {
    const [timestamp, token] = [String(NOW_MS / 1000), "token"];
    const signature = { timestamp, token, signature: hmacHex(SECRET, timestamp + token) };
    const times = { nowMs: NOW_MS, ageMs: 300_000 };
    expect(isSignedByMailgun(SECRET, { signature }, times)).toBe(true);
    expect(isSignedByMailgun("other", { signature }, times)).toBe(false);
    expect(isSignedByMailgun(SECRET, { signature }, { nowMs: NOW_MS + 301_000, ageMs: 300_000 })).toBe(false);
    expect(isSignedByMailgun(SECRET, null, times)).toBe(false);
  });
});
