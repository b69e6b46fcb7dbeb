import { SIGNATURE_HEADER, signBody } from "@paperwire/mail";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NOW_MS, openSite, type SiteUnderTest } from "./testing.ts";

const SECRET = "a long enough secret";
let site: SiteUnderTest;
beforeAll(async () => {
  const open = await openSite([]);
  site = open.changed(({ settings }) => ({ settings: { ...settings, mailHookSecret: SECRET } }));
});
afterAll(() => site?.close());

const send = (body: string, headers: Record<string, string>) =>
  site.app.request("https://papers.example.org/hooks/mail", { method: "POST", headers, body });
const signed = (body: string) => ({ [SIGNATURE_HEADER]: signBody(SECRET, { body, timeMs: NOW_MS }) });

async function subscriber(email: string): Promise<string> {
  const answer = await site.store.subscribers.request({ email, key: email, source: "test", text: "v1" });
  return (await site.store.subscribers.confirm(answer.mail === "confirm" ? answer.confirmId : ""))!.id;
}

async function sent(email: string): Promise<{ subscriberId: string; deliveryId: string; manage: string }> {
  const subscriberId = await subscriber(email);
  const name = "2025-03-28";
  const range = { first: name, last: name };
  await site.store.digests.add({ name, cadence: "daily", range, items: [], total: 0, corrections: [] });
  await site.store.deliveries.add(name, [{ subscriberId, dueMs: 0 }]);
  const [claimed] = await site.store.deliveries.claim({ digest: name, limit: 10 });
  await site.store.deliveries.end([{ id: claimed!.id, state: "sent", reason: "250 ok" }]);
  let manage = "";
  site.changed(({ mail, clock }) => {
    manage = mail.links(subscriberId, clock()).manageUrl.replace("https://papers.example.org", "");
    return {};
  });
  return { subscriberId, deliveryId: claimed!.id, manage };
}

describe("reports of a mail provider", () => {
  it("come in by signature or password, and by nothing else", async () => {
    const body = '{"events":[]}';
    const basic = `Basic ${Buffer.from(`any:${SECRET}`).toString("base64")}`;
    expect((await send(body, signed(body))).status).toBe(200);
    expect((await send(body, { authorization: basic })).status).toBe(200);
    expect((await send(body, {})).status).toBe(401);
    expect((await send(`${body} `, signed(body))).status).toBe(401);
    expect((await send("no json", signed("no json"))).status).toBe(400);
    const without = site.changed(({ settings: { mailHookSecret: _none, ...settings } }) => ({ settings }));
    const answer = await without.app.request("https://papers.example.org/hooks/mail", { method: "POST", body });
    expect(answer.status).toBe(404);
  });

  it("of a mailbox that is gone stop all mail to it; its reader sees why and may undo it", async () => {
    const { deliveryId, manage, subscriberId } = await sent("gone@example.net");
    const body = JSON.stringify({
      events: [{ kind: "hard", messageId: `<d.${deliveryId}@x>`, reason: "5.1.1 <b>gone" }],
    });
    expect(await (await send(body, signed(body))).json()).toEqual({ suppressed: 1, noted: 0, unknown: 0 });
    const page = await site.page(manage);
    expect(page).toContain("Mail to you bounced on");
    expect(page).toContain("5.1.1 &lt;b>gone");
    expect(page).toContain("Nothing is sent to this address any more");
    const answer = await site.app.request(`https://papers.example.org${manage}/resume`, { method: "POST" });
    expect(answer.status).toBe(303);
    expect((await site.store.subscribers.find(subscriberId))?.suppressed).toBeNull();
    expect(await site.page(manage)).toContain("The next digest is sent all the same");
  });

  it("that name an address only are about the newest mail to it", async () => {
    const { manage } = await sent("full@example.net");
    const soft = JSON.stringify([
      { event: "bounce", email: "full@example.net", status: "5.2.2", reason: "mailbox full" },
    ]);
    expect(await (await send(soft, signed(soft))).json()).toMatchObject({ noted: 1 });
    expect(await site.page(manage)).toContain("mailbox full");
    const spam = JSON.stringify({ RecordType: "SpamComplaint", Email: "full@example.net" });
    expect(await (await send(spam, signed(spam))).json()).toMatchObject({ suppressed: 1 });
    expect(await site.page(manage)).toContain("reported as spam");
    const other = JSON.stringify({ RecordType: "SpamComplaint", Email: "stranger@example.net" });
    expect(await (await send(other, signed(other))).json()).toMatchObject({ unknown: 1 });
  });
});
