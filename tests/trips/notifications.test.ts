/** An answer is written, and whom it answers learns of it: on the site at once, by mail once a day, and only as they wish. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createNotifier } from "@paperwire/community";
import { NOTIFICATION_KINDS, type NotificationKind } from "@paperwire/domain";
import {
  createMailDesk,
  createPost,
  createTokens,
  openFolderTransport,
  type ReadMail,
  readOwnMail,
} from "@paperwire/mail";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mailNotifications } from "../../packages/cli/src/notification-run.ts";
import {
  account,
  accountsByCookie,
  BASE_URL,
  NOW_MS,
  openSite,
  record,
  type SiteUnderTest,
} from "../../packages/server/src/testing.ts";

const HOUR_MS = 3_600_000;
const PAPER = "2503.00001";
const people = [account("ada", { trust: 2 }), account("bela", { trust: 2 })];

describe("an answer on its way to whom it answers", () => {
  let open: SiteUnderTest;
  let site: SiteUnderTest;
  let folder: string;
  let nowMs = NOW_MS;
  let comment: string;
  /** The running site's round, as it comes every minute. */
  let round: () => Promise<ReadMail[]>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "paperwire-told-"));
    open = await openSite([record(PAPER, "Ümläute & <tags> in titles")], () => nowMs);
    for (const { id, handle, trust } of people) {
      const names = { handle, name: `Name of ${handle}`, email: `${handle}@example.org`, emailVerified: true };
      await open.store.accounts.add({ id, ...names, trust });
    }
    const { store } = open;
    const mail = createMailDesk({
      site: { siteName: "Papers", baseUrl: BASE_URL },
      tokens: createTokens(new Uint8Array(32).fill(1)),
      from: { name: "Papers", address: "digest@example.org" },
      transport: openFolderTransport({ folder }),
    });
    const clock = () => nowMs;
    const post = createPost({
      outbox: store.outbox,
      desk: mail,
      clock,
      onProblem: (reason) => {
        throw new Error(reason);
      },
    });
    site = open.changed(() => ({ accounts: accountsByCookie(people), mail, post }));
    const read = new Set<string>();
    round = async () => {
      await mailNotifications({ store, mail, post, baseUrl: BASE_URL, siteName: "Papers", nowMs });
      await post.idle();
      const names = (await readdir(folder)).filter((name) => !read.has(name)).sort();
      for (const name of names) read.add(name);
      return Promise.all(names.map(async (name) => readOwnMail(await readFile(join(folder, name)))));
    };
    comment = await write("ada", "Is it so?");
  });
  afterAll(async () => {
    await open?.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    nowMs += 48 * HOUR_MS;
  });

  async function send(as: string, path: string, form: Record<string, string>): Promise<Response> {
    const headers = { "sec-fetch-site": "same-origin", cookie: `reader=${as}` };
    return site.app.request(BASE_URL + path, { method: "POST", headers, body: new URLSearchParams(form) });
  }
  async function write(as: string, body: string, parent = ""): Promise<string> {
    const answer = await send(as, "/comments", { paper: PAPER, parent, body });
    return answer.headers.get("location")!.split("#comment-")[1]!;
  }
  const page = async (path: string) => (await site.get(path, { cookie: "reader=ada" })).text();
  const wish = (pace: string, { site: here = kinds, mail = kinds }: Partial<Record<"site" | "mail", Kinds>> = {}) =>
    send("ada", "/notifications/wishes", {
      pace,
      ...Object.fromEntries(here.map((kind) => [`site-${kind}`, "on"])),
      ...Object.fromEntries(mail.map((kind) => [`mail-${kind}`, "on"])),
    });

  it("shows at once, leaves as one mail after an hour, and never as two in a day", async () => {
    const first = await write("bela", "It is, see section 2.", comment);
    expect(await page("/notifications")).toContain("@bela answered you on “Ümläute &amp; &lt;tags> in titles”.");
    expect(await round()).toEqual([]);
    nowMs += HOUR_MS;
    const [mail, ...more] = await round();
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      to: "ada@example.org",
      subject: "@bela answered you on “Ümläute & <tags> in titles”.",
    });
    for (const part of [mail!.text, mail!.html!]) {
      expect(part).toContain(`${BASE_URL}/comments/${first}`);
      expect(part).toContain(`${BASE_URL}/notifications#wishes`);
      expect(part).toMatch(/\/notifications\/mail-off\/[\w.-]+/);
    }
    expect(mail!.text).toContain("@bela answered you on “Ümläute & <tags> in titles”.");
    expect(mail!.html).toContain("@bela answered you on “Ümläute &amp; &lt;tags");
    expect(mail!.html).not.toContain("<tags>");
    const opened = await site.get(`/comments/${first}`, { cookie: "reader=ada" });
    expect(opened.headers.get("location")).toBe(`/papers/${PAPER}#comment-${first}`);

    const second = await write("bela", "And section 3.", comment);
    const third = await write("bela", "And section 4.", comment);
    nowMs += 22 * HOUR_MS;
    expect(await round()).toEqual([]);
    nowMs += 3 * HOUR_MS;
    const [next, ...rest] = await round();
    expect(rest).toEqual([]);
    expect(next!.subject).toBe("2 notifications from Papers");
    for (const id of [second, third]) expect(next!.text).toContain(`/comments/${id}`);
    expect(next!.text).not.toContain(first);
    nowMs += 48 * HOUR_MS;
    expect(await round()).toEqual([]);
  });

  it("leaves as it happens for who asks for that, and not at all for who wants none", async () => {
    await wish("at-once");
    for (const n of [1, 2]) {
      await write("bela", `At once, ${n}.`, comment);
      expect(await round()).toHaveLength(1);
    }
    await wish("never");
    await write("bela", "In silence.", comment);
    nowMs += 48 * HOUR_MS;
    expect(await round()).toEqual([]);
    expect((await page("/notifications")).match(/@bela answered you/g)!.length).toBeGreaterThan(3);
  });

  it("stops by the link in the mail, without signing in", async () => {
    await wish("at-once");
    await write("bela", "With a way out.", comment);
    const [mail] = await round();
    const [, path] = /papers\.example\.org(\/notifications\/mail-off\/\S+)/.exec(mail!.text)!;
    expect(await site.page(path!)).toContain("No more of these mails");
    await site.app.request(BASE_URL + path!, {
      method: "POST",
      body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }),
    });
    await write("bela", "Unheard.", comment);
    nowMs += 48 * HOUR_MS;
    expect(await round()).toEqual([]);
  });

  it.each(NOTIFICATION_KINDS.map(({ kind }) => kind))("is switched by its kind, here and by mail: %s", async (kind) => {
    const { tell } = createNotifier({ store: open.store });
    const others = kinds.filter((one) => one !== kind);
    const once = (n: number) => `${kind} ${n}`;
    const happens = (n: number) =>
      tell({
        to: "id-of-ada",
        kind,
        words: `Happening of ${once(n)}.`,
        path: "/about",
        by: "id-of-bela",
        once: once(n),
      });
    const shows = async (n: number) => (await page("/notifications")).includes(`Happening of ${once(n)}.`);
    await wish("at-once");
    await happens(1);
    expect([await shows(1), (await round()).length]).toEqual([true, 1]);
    await wish("at-once", { mail: others });
    await happens(2);
    expect([await shows(2), (await round()).length]).toEqual([true, 0]);
    await wish("at-once", { site: others, mail: others });
    await happens(3);
    // Nobody is moderated without being told.
    expect([await shows(3), (await round()).length]).toEqual([kind === "moderation", 0]);
  });
});

type Kinds = readonly NotificationKind[];
const kinds: Kinds = NOTIFICATION_KINDS.map(({ kind }) => kind);
