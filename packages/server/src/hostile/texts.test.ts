import { parseAtomFeed } from "feedsmith";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { record } from "../testing.ts";
import { bombChecks } from "./bomb.checks.ts";
import { livePartsOfPage } from "./live-page.ts";
import { readerChecks } from "./reader.checks.ts";
import { changes, nameOf, ROUTES } from "./route-table.ts";
import { PLACES } from "./text-places.ts";
import { openWorld, PAPERS, requestOf, type World } from "./world.ts";
import { XSS_PAYLOADS } from "./xss-payloads.ts";

/** As many payloads in one text as it holds; each at least in part. */
function packs(chars: number): string[] {
  const made: string[] = [];
  let text = "";
  for (const payload of XSS_PAYLOADS.map((one) => one.replaceAll("\0", "").slice(0, chars))) {
    if (text !== "" && text.length + 2 + payload.length > chars) {
      made.push(text);
      text = "";
    }
    text += (text === "" ? "" : "\n\n") + payload;
  }
  return [...made, text];
}

const textFields = ROUTES.flatMap((route) => (route.texts ?? []).map((field) => [route, field] as const));

describe("texts of others", () => {
  let world: World;
  let me: Record<string, string>;
  let admin: Record<string, string>;
  let own: Record<string, string>;
  beforeAll(async () => {
    world = await openWorld();
    const { site, others, things } = world;
    const { jar, id } = await site.signedIn("writer@example.org", { handle: "writer" });
    const decision = { act: "set-trust", subject: { kind: "account", id }, reason: "Trusted.", trust: 2 } as const;
    const decided = await site.store.moderation.decide(others.at(-1)!.id!, decision);
    me = { cookie: jar.header };
    admin = { ...others.at(-1)!.headers };
    own = { ...things, ...(await thingsOf(world, id)), log: decided!.id, me: "writer", account: id };
  });
  afterAll(() => world?.close());

  it("have a corpus wide enough, and each field of the table says where its text is seen", () => {
    expect(XSS_PAYLOADS.length).toBeGreaterThanOrEqual(200);
    expect(Object.keys(PLACES).sort()).toEqual(textFields.map(([route, field]) => `${nameOf(route)} ${field}`).sort());
  });

  it("are looked at by something that sees what lives", () => {
    const live = XSS_PAYLOADS.filter((payload) => livePartsOfPage(`<main>${payload}</main>`).length > 0);
    expect(live.length).toBeGreaterThan(150);
    expect(livePartsOfPage('<a href="/x">x</a><script type="module" src="/assets/x.js"></script>')).toEqual([]);
  });

  const look = async (path: string, headers: Record<string, string>) => {
    const answer = await world.site.app.request(`https://papers.example.org${path}`, { headers });
    return { status: answer.status, live: await liveOf(answer) };
  };

  it.each(textFields.map(([route, field]) => [nameOf(route), field, route] as const))(
    "of %s %s stay text wherever they are seen",
    async (name, field, route) => {
      const { chars, shows, as } = PLACES[`${name} ${field}`]!;
      const headers = as === "admin" ? admin : me;
      const writer = route.who === "reader" ? me : headers;
      const found: string[] = [];
      const texts = packs(chars);
      for (const [at, text] of texts.entries()) {
        const names = { ...own, ...(await freshThing(world, { name, at, me: own["account"]! })) };
        const asked = requestOf(route, { things: names, headers: writer, fields: { ...route.fields, [field]: text } });
        const answer = await world.site.app.request(asked);
        expect([name, answer.status < 500 && answer.status !== 429]).toEqual([name, true]);
        const made = answer.headers.get("location")?.split(/[?#]/)[0] ?? "/";
        found.push(...(await liveOf(answer)));
        world.site.passTime(20 * 60_000);
        const last = at === texts.length - 1;
        // Lists show many at once: looked at now and then.
        if (!last && at % Math.ceil(texts.length / 12) !== 0) continue;
        for (const path of shows) {
          const filled = path.replace(/\{([\w-]+)\}/g, (_, key: string) =>
            key === "made" ? made : (names[key] ?? key),
          );
          const seen = await look(filled, headers);
          if (seen.status >= 500) found.push(`${filled}: ${seen.status}`);
          found.push(...seen.live.map((part) => `${filled}: ${part}`));
        }
      }
      expect(found).toEqual([]);
    },
  );

  it("that are only asked for turn up as text, at every address that reads them", async () => {
    const found: string[] = [];
    const texts = packs(240);
    for (const [which, route] of ROUTES.filter((one) => one.asks && !changes(one)).entries()) {
      // A sixth each: all payloads, and all addresses, in a sixth of the time.
      for (const text of texts.filter((_, at) => at % 6 === which % 6)) {
        const query = Object.fromEntries(route.asks!.map((name) => [name, text]));
        const answer = await world.site.app.request(requestOf(route, { things: own, headers: admin, query }));
        found.push(...(await liveOf(answer)).map((part) => `${route.at}: ${part}`));
        world.site.passTime(1_000);
      }
    }
    for (const payload of XSS_PAYLOADS) {
      const { live } = await look(`/${encodeURIComponent(payload)}`, {});
      found.push(...live);
    }
    expect(found).toEqual([]);
  });

  it("that came with papers stay text on their pages, in lists, feeds and exports", async () => {
    const texts = packs(600);
    await world.site.takeIn(
      texts.map((text, at) =>
        record(`2503.1${String(at).padStart(4, "0")}`, text, {
          facts: {
            abstract: text,
            authors: [{ name: text.slice(0, 100) }],
            keywords: [text.slice(0, 60)],
            categories: ["cs.CL"],
            summary: { text, source: text.slice(0, 60), generated: true, model: text.slice(0, 60) },
            comment: text,
            journalRef: text.slice(0, 100),
          } as never,
          entry: { edition: "2025-03-29", upvotes: at },
        }),
      ),
    );
    const found: string[] = [];
    const paths = texts.map((_, at) => `/papers/2503.1${String(at).padStart(4, "0")}`);
    const lists = [
      "/",
      "/date/2025-03-29",
      "/week/2025-W13",
      "/topics/cs.CL",
      "/search?q=alert",
      "/trending?window=month",
    ];
    for (const path of [...paths, ...lists, ...["atom", "json"].map((form) => `/date/2025-03-29.${form}`)]) {
      const seen = await look(path, {});
      expect([path, seen.status]).toEqual([path, 200]);
      found.push(...seen.live.map((part) => `${path}: ${part}`));
    }
    expect(found).toEqual([]);
  });

  it("stay text in the mails that carry them", () => {
    const { mail } = world.site.parts;
    const found = packs(900).flatMap((text) => {
      const action = { url: "https://papers.example.org/", text };
      const letter = mail.letter("reader@example.org", {
        subject: text,
        heading: text,
        before: [text],
        action,
        after: [text],
      });
      const { html = "" } = mail.seal(letter, { id: "x", nowMs: 0 });
      return mailParts(html);
    });
    expect(found).toEqual([]);
  });

  bombChecks();
  readerChecks();
});

/** Mails have a style of their own, and no script, no form, no picture. */
function mailParts(html: string): string[] {
  return livePartsOfPage(html.replace(/<style>[^<]*<\/style>/g, "")).filter(
    (part) => !part.endsWith(" style=") && !part.startsWith("<meta"),
  );
}

/** Of a page, a feed's entries, or whatever a browser would take for a page. */
async function liveOf(answer: Response): Promise<string[]> {
  const type = answer.headers.get("content-type") ?? "";
  const text = await answer.text();
  if (type.startsWith("text/html")) return livePartsOfPage(text);
  if (answer.headers.get("x-content-type-options") !== "nosniff") return ["an answer that browsers guess at"];
  if (type.startsWith("application/feed+json")) {
    const { items } = JSON.parse(text) as { items: { content_html?: string }[] };
    return items.flatMap(({ content_html: html = "" }) => livePartsOfPage(html));
  }
  if (type.startsWith("application/atom+xml")) {
    const { entries = [] } = parseAtomFeed(text);
    return entries.flatMap(({ content, summary }) => [
      ...livePartsOfPage(content?.value ?? ""),
      ...(summary?.type === "html" ? livePartsOfPage(summary.value ?? "") : []),
    ]);
  }
  return [];
}

/** What the writer of the texts owns. */
async function thingsOf({ site: { store, takeIn } }: World, id: string) {
  await takeIn([record("2503.00007", "A paper of the writer", { facts: { authors: [{ name: "Wri Ter" }] } })]);
  const claim = await store.claims.add({
    paperId: "2503.00007",
    authorName: "Wri Ter",
    accountId: id,
    evidence: "email",
    statement: "",
  });
  const collection = (await store.collections.add(id, { title: "Mine", note: "", isPrivate: false }))!;
  await store.collections.put(id, collection, { paperId: PAPERS.paper });
  return {
    claim: typeof claim === "string" ? claim : claim.id,
    collection,
    slug: `mine-${collection.toLowerCase()}`,
    paper: PAPERS.paper,
    "own-paper": "2503.00007",
    handle: "writer",
  };
}

let counted = 0;

/** What a route needs anew for each text: a comment of its own, a paper nobody put forward, an act to appeal. */
async function freshThing(
  { site, others }: World,
  { name, at, me }: { name: string; at: number; me: string },
): Promise<Record<string, string>> {
  const { store } = site;
  const writer = { id: me };
  const admin = others.at(-1)!.id!;
  const id = `2503.2${String(++counted).padStart(4, "0")}`;
  if (name.includes("/submit") || name === "POST /desk/submissions/:id") await site.takeIn([record(id, `Fresh ${id}`)]);
  if (name === "POST /desk/submissions/:id") {
    const cap = { most: 9_999, sinceMs: 0 };
    const wish = {
      accountId: writer.id,
      paperId: id,
      edition: "2025-03-31",
      state: "waiting",
      note: null,
      image: null,
      cap,
    };
    return { submission: await store.submissions.add(wish as never) };
  }
  if (name.startsWith("POST /comments/:id") || name === "POST /desk/moderation" || name.endsWith("/reply")) {
    const body = `before ${at}`;
    const { id: own } = await store.comments.add({
      paperId: PAPERS.paper,
      parentId: null,
      accountId: writer.id,
      body,
      hold: null,
    });
    return { own, held: own, comment: own };
  }
  if (name === "POST /moderation/:id/appeal" || name === "POST /admin/accounts/role") {
    const trust = (at % 2) as 0 | 1;
    const subject = { kind: "account", id: writer.id } as const;
    const decided = await store.moderation.decide(admin, { act: "set-trust", subject, reason: "x", trust });
    return { log: decided?.id ?? "none", fresh: id };
  }
  if (name === "POST /desk/moderation/appeals/:id") {
    const [moderator] = others.filter(({ role }) => role === "moderator");
    const subject = { kind: "account", id: writer.id } as const;
    const act = { act: "set-trust", subject, reason: "x", trust: (at % 2) as 0 | 1 } as const;
    const decided = await store.moderation.decide(moderator!.id!, act);
    await store.moderation.appeal({ logId: decided!.id, by: writer.id, words: "x" });
    return { appeal: (await store.moderation.openAppeals()).find(({ logId }) => logId === decided!.id)!.id };
  }
  return name.includes("/submit") ? { fresh: id } : {};
}
