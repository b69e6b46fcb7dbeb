import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SENDING_SETTING } from "@paperwire/domain";
import { createMailDesk, createTokens, openFolderTransport } from "@paperwire/mail";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { account, accountsByCookie, BASE_URL, NOW_MS, openSite, type SiteUnderTest } from "../testing.ts";

const accounts = accountsByCookie([account("root", { role: "admin" }), account("cy", { role: "curator" })]);
const ADMIN = { cookie: "reader=root" };

describe("the operator's view of mail", () => {
  let site: SiteUnderTest;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "paperwire-mail-desk-"));
    const open = await openSite([]);
    const mail = createMailDesk({
      site: { siteName: "Paperwire", baseUrl: BASE_URL },
      tokens: createTokens(new Uint8Array(32)),
      from: { name: "Päpers", address: "digest@example.org" },
      transport: openFolderTransport({ folder }),
    });
    site = open.changed(() => ({ accounts, mail }));
    await mail.transport.send(
      mail.seal(
        mail.letter("ada@example.net", {
          subject: "Größe – a very long subject ".repeat(4),
          heading: "Hé <b>",
          before: ["=3D ok"],
        }),
        { id: "01JQ0000000000000000000000", nowMs: NOW_MS },
      ),
    );
  });
  afterAll(async () => {
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const page = async (path: string) => (await site.get(path, ADMIN)).text();
  const act = (path: string, fields: Record<string, string>, headers: Record<string, string> = ADMIN) =>
    site.app.request(`${BASE_URL}${path}`, {
      method: "POST",
      headers: { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded", ...headers },
      body: new URLSearchParams(fields).toString(),
    });
  const fileOf = async () => /href="(\/desk\/mail\/files\/[^"]+)"/.exec(await page("/desk/mail"))![1]!;

  it("is for admins: others learn nothing, and change nothing", async () => {
    const file = await fileOf();
    for (const path of ["/desk/mail", file, `${file}/html`, `${file}/raw`]) {
      expect((await site.get(path, { cookie: "reader=cy" })).status).toBe(403);
      expect([303, 401]).toContain((await site.get(path)).status);
    }
    for (const path of [
      "/desk/mail/sending",
      "/desk/mail/digests/x",
      "/desk/mail/deliveries/x",
      "/desk/mail/posts/x",
    ]) {
      expect((await act(path, { act: "pause", verdict: "sent" }, { cookie: "reader=cy" })).status).toBe(403);
      expect((await act(path, { act: "pause" }, { ...ADMIN, "sec-fetch-site": "cross-site" })).status).toBe(403);
    }
    expect(await site.store.settings.get(SENDING_SETTING)).toBeNull();
  });

  it("shows the mails that stayed here: text, HTML that may do nothing, and the file", async () => {
    const file = await fileOf();
    expect(await page("/desk/mail")).toContain("Größe – a very long subject Größe");
    const text = await page(file);
    expect(text).toContain("To ada@example.net");
    expect(text).toContain("Hé &lt;b>");
    expect(text).toContain("=3D ok");
    const html = await site.get(`${file}/html`, ADMIN);
    expect(html.headers.get("content-security-policy")).toMatch(/default-src 'none'.*sandbox/);
    expect(await html.text()).toContain("<h1");
    const raw = await site.get(`${file}/raw`, ADMIN);
    expect(raw.headers.get("content-disposition")).toMatch(/^attachment; filename="[^"/]+\.eml"$/);
    for (const name of ["..%2f..%2fetc%2fpasswd", "x.txt", ".hidden.eml", "none.eml"]) {
      expect((await site.get(`/desk/mail/files/${name}`, ADMIN)).status).toBe(404);
    }
  });

  it("lets a person decide about what is in doubt", async () => {
    const name = "2025-03-28";
    const answer = await site.store.subscribers.request({ email: "d@x.org", key: "d@x.org", source: "t", text: "t" });
    const subscriber = (await site.store.subscribers.confirm(answer.mail === "confirm" ? answer.confirmId : ""))!;
    const range = { first: name, last: name };
    await site.store.digests.add({ name, cadence: "daily", range, items: [], total: 0, corrections: [] });
    await site.store.deliveries.add(name, [{ subscriberId: subscriber.id, dueMs: 0 }]);
    const [claimed] = await site.store.deliveries.claim({ digest: name, limit: 1 });
    await site.store.deliveries.end([{ id: claimed!.id, state: "doubt", reason: "no answer <came>" }]);
    expect(await page("/desk/mail")).toContain("no answer &lt;came>");
    const path = `/desk/mail/deliveries/${claimed!.id}`;
    expect((await act(path, { verdict: "maybe" })).status).toBe(400);
    expect((await act(path, { verdict: "again" })).status).toBe(303);
    expect((await act(path, { verdict: "sent" })).status).toBe(404);
    expect(await site.store.deliveries.count(name)).toMatchObject({ waiting: 1, doubt: 0 });
  });

  it("stops one digest, or all, and lets them go on", async () => {
    await act("/desk/mail/digests/2025-03-28", { act: "pause" });
    expect(await site.store.digests.findPause("2025-03-28")).toBe("paused by the operator");
    await act("/desk/mail/digests/2025-03-28", { act: "resume" });
    expect(await site.store.digests.findPause("2025-03-28")).toBeNull();
    await act("/desk/mail/sending", { act: "pause" });
    expect(await page("/desk/mail")).toContain("sending is switched off");
    await act("/desk/mail/sending", { act: "resume" });
    expect(await page("/desk/mail")).toContain("Stop all digests");
    expect((await act("/desk/mail/digests/1999-01-01", { act: "pause" })).status).toBe(404);
  });
});
