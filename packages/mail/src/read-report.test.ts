import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isHardRefusal, readMailReport } from "./read-report.ts";

const ID = "01JQ0000000000000000000000";

function report({
  to = "digest@example.org",
  type = "delivery-status",
  middle = "",
  messageId = `<d.${ID}@example.org>`,
}): Uint8Array {
  const text = `Return-Path: <>
From: MAILER-DAEMON@mx.example.net
To: ${to}
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=${type};
 boundary="=_edge"

--=_edge
Content-Type: text/plain

Sorry.
--=_edge
Content-Type: message/${type}

${middle}
--=_edge
Content-Type: text/rfc822-headers

From: digest@example.org
Message-ID: ${messageId}
--=_edge--
`;
  return Buffer.from(text.replaceAll("\n", "\r\n"));
}

const dsn = (action: string, status: string, code = "smtp; 550 no") =>
  `Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; r@example.net\nAction: ${action}\nStatus: ${status}\nDiagnostic-Code: ${code}\n more of it\n`;

describe("a report", () => {
  it.each([
    ["5.1.1", "hard"],
    ["5.1.10", "hard"],
    ["5.2.1", "hard"],
    ["5.2.2", "soft"],
    ["5.7.1", "soft"],
    ["5.1.8", "soft"],
    ["4.4.7", "soft"],
    ["", "soft"],
  ] as [string, string][])("of a failure with status %j is %s", (status, kind) => {
    expect(readMailReport(report({ middle: dsn("failed", status) }))).toEqual({
      deliveryId: ID,
      kind,
      reason: `${status} 550 no more of it`.trim(),
    });
  });

  it("of a complaint is one, unless it says the mail was welcome", () => {
    const arf = (type: string) =>
      readMailReport(report({ type: "feedback-report", middle: `Feedback-Type: ${type}\nVersion: 1\n` }));
    expect(arf("abuse")).toEqual({ deliveryId: ID, kind: "complaint", reason: "complaint: abuse" });
    expect(arf("not-spam")).toBeNull();
  });

  it("names its delivery by the address it came to, where the mail itself is not sent back", () => {
    const middle = dsn("failed", "5.1.1");
    const plain = { middle, messageId: "<other@example.org>" };
    expect(readMailReport(report(plain), "bounces@example.org")!.deliveryId).toBeNull();
    const to = `<bounces+${ID.toLowerCase()}@example.org>`;
    expect(readMailReport(report({ ...plain, to }), "bounces@example.org")!.deliveryId).toBe(ID);
  });

  it("of a delay or a success is ignored, and so is any other mail", () => {
    expect(readMailReport(report({ middle: dsn("delayed", "4.4.1") }))).toBeNull();
    expect(readMailReport(report({ middle: dsn("delivered", "2.0.0") }))).toBeNull();
    expect(readMailReport(Buffer.from("Subject: Out of office\n\nStatus: 5.1.1\nAction: failed\n"))).toBeNull();
    expect(readMailReport(Buffer.from(""))).toBeNull();
  });

  it("may be anything: reading never fails", () => {
    const whole = report({ middle: dsn("failed", "5.1.1") });
    fc.assert(
      fc.property(fc.nat(whole.length), fc.uint8Array({ maxLength: 40 }), (at, noise) => {
        const altered = Buffer.concat([whole.subarray(0, at), noise, whole.subarray(at)]);
        const read = readMailReport(altered, "bounces@example.org");
        expect(read?.reason ?? "").not.toMatch(/[\r\n]/);
      }),
    );
  });

  it("on the spot is judged by the same code", () => {
    expect(isHardRefusal("550 5.1.1 <r@example.net>: user unknown")).toBe(true);
    expect(isHardRefusal("550 5.7.26 not authenticated")).toBe(false);
    expect(isHardRefusal("552 too large: 15.1.1 MB")).toBe(false);
  });
});
