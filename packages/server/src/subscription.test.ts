import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSite, type SiteUnderTest } from "./testing.ts";

let site: SiteUnderTest;
beforeAll(async () => {
  site = await openSite([]);
});
afterAll(() => site?.close());

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const path = (url: string) => url.replace("https://papers.example.org", "");

const post = (to: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  site.app.request(`https://papers.example.org${to}`, {
    method: "POST",
    headers: { ...FORM, ...headers },
    body: new URLSearchParams(fields).toString(),
  });

async function subscribe(email: string): Promise<string> {
  // Another address of a household, so that the limit of tries is not what is tested.
  const fresh = site.changed(() => ({}));
  await fresh.app.request("https://papers.example.org/subscribe", {
    method: "POST",
    headers: { ...FORM, "sec-fetch-site": "same-origin" },
    body: new URLSearchParams({ email }).toString(),
  });
  await fresh.posted();
  const mail = fresh.mails.at(-1);
  return mail ? path(/https:\S+\/subscription\/\S+/.exec(mail.text)![0]) : "";
}

async function confirmed(email: string): Promise<{ manage: string; leave: string }> {
  const answer = await post(await subscribe(email));
  const manage = /href="(\/subscription\/[^"]+)"/.exec(await answer.text())![1]!;
  const leave = /href="(\/unsubscribe\/[^"]+)"/.exec(await site.page(manage))![1]!;
  return { manage, leave };
}

const stateOf = async (manage: string) => {
  const data = await (await site.get(`${manage}/data.json`)).json();
  return (data as { state: string }).state;
};

describe("a subscription", () => {
  it("begins when the owner of the address presses a button, and not before", async () => {
    const link = await subscribe("begin@example.org");
    expect(link).toMatch(/^\/subscription\/confirm\//);
    // Mail scanners open every link, often twice.
    for (let look = 0; look < 2; look++) {
      const page = await site.get(link);
      expect([page.status, page.headers.get("cache-control"), page.headers.get("link")]).toEqual([
        200,
        "no-store",
        null,
      ]);
      expect(await page.text()).toContain("begin@example.org");
    }
    expect(await site.store.subscribers.count()).toMatchObject({ pending: 1, confirmed: 0 });
    expect((await post(link)).status).toBe(200);
    expect(await site.store.subscribers.count()).toMatchObject({ pending: 0, confirmed: 1 });
    expect([(await post(link)).status, (await site.get(link)).status]).toEqual([404, 404]);
  });

  it("is not for domains that the operator refuses, nor for what lies under them", async () => {
    const picky = site.changed(({ settings }) => ({
      settings: { ...settings, refusedDomains: new Set(["throw-away.example"]) },
    }));
    const ask = (email: string) =>
      picky.app.request("https://papers.example.org/subscribe", {
        method: "POST",
        headers: { ...FORM, "sec-fetch-site": "same-origin" },
        body: new URLSearchParams({ email }).toString(),
      });
    expect((await ask("a@throw-away.example")).status).toBe(400);
    expect((await ask("a@mx.THROW-AWAY.example")).status).toBe(400);
    expect((await ask("a@not-throw-away.example")).status).toBe(303);
    // Its post would otherwise carry a later test's mail: they share the outbox.
    await picky.posted();
  });

  it("cannot be found out: known or not, the answer is the same, and the owner gets one mail either way", async () => {
    await confirmed("known@example.org");
    const ask = async (email: string) => {
      const fresh = site.changed(() => ({}));
      const answer = await fresh.app.request("https://papers.example.org/subscribe", {
        method: "POST",
        headers: { ...FORM, "sec-fetch-site": "same-origin" },
        body: new URLSearchParams({ email }).toString(),
      });
      await fresh.posted();
      const { "x-request-id": _id, ...headers } = Object.fromEntries(answer.headers);
      return { answer: [answer.status, headers, await answer.text()], mails: fresh.mails };
    };
    const known = await ask("known@example.org");
    const unknown = await ask("unknown@example.org");
    expect(known.answer).toEqual(unknown.answer);
    expect([known.mails.length, unknown.mails.length]).toEqual([1, 1]);
    expect(known.mails[0]!.subject).toBe("You are subscribed to Paperwire");
    await site.store.suppressions.add("silent@example.org", "bounced");
    const silent = await ask("silent@example.org");
    expect(silent.answer).toEqual(known.answer);
    expect(silent.mails).toEqual([]);
  });

  it("ends with one click of a mailbox: no cookie, no redirect, at once, as often as it likes", async () => {
    const { manage, leave } = await confirmed("leaver@example.org");
    expect((await site.get(leave)).status).toBe(200);
    expect(await stateOf(manage)).toBe("confirmed");
    for (let click = 0; click < 2; click++) {
      const answer = await post(
        leave,
        { "List-Unsubscribe": "One-Click" },
        { origin: "null", "sec-fetch-site": "cross-site" },
      );
      expect([answer.status, answer.headers.get("set-cookie")]).toEqual([200, null]);
    }
    expect(await stateOf(manage)).toBe("left");
    const multipart = new FormData();
    multipart.set("List-Unsubscribe", "One-Click");
    const answer = await site.app.request(`https://papers.example.org${leave}`, { method: "POST", body: multipart });
    expect(answer.status).toBe(200);
  });

  it("is changed by its link: how often, how much, what, when, or not for a while", async () => {
    const { manage } = await confirmed("chooser@example.org");
    const wishes = {
      cadence: "weekly",
      papers: "5",
      upvotes: "3",
      topics: "cs.CV, LLMs",
      hour: "7",
      zone: "Europe/Berlin",
      plain: "on",
      pause: "2025-04-10",
    };
    const saved = await post(manage, wishes);
    expect([saved.status, saved.headers.get("location")]).toEqual([303, `${manage}?saved=1`]);
    const page = await site.page(`${manage}?saved=1`);
    for (const part of [
      "Saved.",
      "Europe/Berlin",
      "cs.CV, llms",
      'value="2025-04-10"',
      'value="weekly" selected',
      'name="plain" checked',
    ]) {
      expect(page).toContain(part);
    }
    await post(manage, { ...wishes, pause: "" });
    expect(await site.page(manage)).not.toContain("2025-04-10");
    const wrong = await post(manage, { ...wishes, hour: "25" });
    expect([wrong.status, (await wrong.text()).includes("from 0 to 23")]).toEqual([400, true]);
  });

  it("gives out what is kept, and forgets it", async () => {
    const { manage, leave } = await confirmed("private@example.org");
    const kept = await site.get(`${manage}/data.json`);
    expect(kept.headers.get("cache-control")).toBe("no-store");
    expect(await kept.json()).toMatchObject({
      email: "private@example.org",
      consent: [{ source: "web" }, {}],
      deliveries: [],
    });
    expect((await post(`${manage}/erase`)).status).toBe(200);
    for (const gone of [manage, leave, `${manage}/data.json`]) expect((await site.get(gone)).status).toBe(404);
  });

  it("listens to its own links only", async () => {
    const { manage, leave } = await confirmed("guarded@example.org");
    const token = manage.split("/").at(-1)!;
    const swapped = [
      `/unsubscribe/${token}`,
      `/subscription/${leave.split("/").at(-1)}`,
      `/subscription/confirm/${token}`,
      `/subscription/${token}x`,
      "/unsubscribe/a.b.c",
    ];
    for (const link of swapped) {
      expect((await site.get(link)).status).toBe(404);
      expect((await post(link)).status).toBe(404);
    }
    expect(await stateOf(manage)).toBe("confirmed");
    const later = site.changed(({ clock }) => ({ clock: () => clock() + 401 * 86_400_000 }));
    expect((await later.get(manage)).status).toBe(404);
  });

  it("leaves no address and no link in the log", async () => {
    const noisy = site.changed(() => ({}));
    const { manage } = await confirmed("logged@example.org");
    await noisy.get(manage);
    await noisy.get(manage.replace("/subscription/", "/unsubscribe/"));
    expect(noisy.log.length).toBeGreaterThan(0);
    expect(noisy.log.join("")).not.toMatch(/logged@|subscription\/[0-9A-Z]/);
  });
});

describe("digests on the web", () => {
  it("are shown as they were mailed", async () => {
    expect(await site.page("/digests")).toContain("None yet");
    await site.store.digests.add({
      name: "2025-03-28",
      cadence: "daily",
      range: { first: "2025-03-28", last: "2025-03-28" },
      total: 1,
      corrections: [{ paperId: "2503.00002", title: "Old", what: "it has a new title" }],
      items: [
        {
          paperId: "2503.00001",
          title: "On <b> and $x^2$",
          authors: ["Ada"],
          authorsTotal: 3,
          lead: "Lead.",
          upvotes: 7,
          topics: [],
          links: [{ label: "arXiv", url: "https://arxiv.org/abs/2503.00001" }],
        },
      ],
    });
    const page = await site.page("/digests/2025-03-28");
    for (const part of [
      "Friday, 28 March 2025",
      "&lt;b>",
      "Ada and 2 more",
      "it has a new title",
      "https://arxiv.org/abs/2503.00001",
    ])
      expect(page).toContain(part);
    expect(await site.page("/digests")).toContain("/digests/2025-03-28");
    expect(await site.page("/digests/2025-03-28.md")).toContain(
      "1. [On <b> and $x^2$](https://papers.example.org/papers/2503.00001), 7 upvotes",
    );
    for (const none of ["2025-03-29", "x", "2025-W13"]) expect((await site.get(`/digests/${none}`)).status).toBe(404);
  });
});
