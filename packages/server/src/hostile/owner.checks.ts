/** Who asks for somebody else's things gets nothing, changes nothing, and does not learn that they are there. */
import { atLeast, type Role } from "@paperwire/domain";
import { expect, it } from "vitest";
import { BASE_URL } from "../testing.ts";
import { changes, nameOf, ROUTES, type Route } from "./route-table.ts";
import { type Asker, requestOf, SECRETS, type World } from "./world.ts";

/** Left out of all rounds: it would end what the others need, or takes what only its holder has. */
const isLink = ({ who }: Route) => who === "link" || who === "hook";

/** What differs each time a page is made, whoever asks for what: a request's number, and the key of a form. */
const DRAWN = /request [\w-]+|(?<=name="form-key" value=")[\w-]{43}(?=")/g;

const mayKnow = (secret: string, role: Role | null) => {
  const least = SECRETS[secret];
  return least != null && role !== null && atLeast(role, least);
};

export function ownerChecks(open: () => World): void {
  visitorChecks(open);
  hiddenChecks(open);
  privacyChecks(open);
  officeChecks(open);
}

function visitorChecks(open: () => World): void {
  it("answers visitors as the table says", async () => {
    const { site, things, others } = open();
    const wrong: string[] = [];
    for (const route of ROUTES.filter((one) => !isLink(one) || one.stranger === 404)) {
      const { status } = await site.app.request(requestOf(route, { things, headers: others[0]!.headers }));
      if (status !== route.stranger) wrong.push(`${nameOf(route)}: ${status}, not ${route.stranger}`);
    }
    expect(wrong).toEqual([]);
  });

  it("shows no private word of A to anybody who must not read it, at any address", async () => {
    const { site, things, others, tokens } = open();
    const found: string[] = [];
    for (const route of ROUTES.filter((one) => !changes(one) && !isLink(one))) {
      for (const { name, role, headers } of [...others, ...tokens]) {
        const answer = await site.app.request(requestOf(route, { things, headers }));
        const text = (await answer.text()) + JSON.stringify([...answer.headers]);
        // No token opens what is above a reader's own things.
        const known = headers["authorization"] === undefined ? role : "reader";
        for (const secret of Object.keys(SECRETS)) {
          if (text.includes(secret) && !mayKnow(secret, known)) found.push(`${secret} at ${route.at} for ${name}`);
        }
      }
    }
    expect(found).toEqual([]);
  });
}

function hiddenChecks(open: () => World): void {
  it("shows what a moderator hid of a submission to its sender and to moderators alone", async () => {
    const { site, things, owner, others, tokens } = open();
    const wrong: string[] = [];
    const { sent, picture } = things;
    const papers = [`/papers/${sent}`, `/papers/${sent}.md`, `/api/papers/${sent}?field=comments`, "/date/2025-03-28"];
    const image = `/images/${picture}.png`;
    const sender = { name: "its sender", role: "moderator" as const, headers: { cookie: owner.jar.header } };
    for (const { name, role, headers } of [...others, ...tokens, sender]) {
      const sees = mayKnow("zqhidden", "authorization" in headers ? "reader" : role);
      for (const path of [...papers, image]) {
        const answer = await site.app.request(BASE_URL + path, { headers });
        const shows = (await answer.text()).includes("zqhidden");
        const expected = sees && (path === papers[0] || path === image);
        if (shows !== expected) wrong.push(`${path} for ${name}: ${shows}`);
        if (path === image && answer.headers.get("cache-control")?.includes("public")) wrong.push(`kept for ${name}`);
      }
    }
    expect(wrong).toEqual([]);
  });
}

function privacyChecks(open: () => World): void {
  it("treats a thing of A's, for all others, as one that never was, and leaves it as it is", async () => {
    const { site, things, others, snapshot } = open();
    const before = await snapshot();
    const wrong: string[] = [];
    const nothing = { ...things, ...Object.fromEntries(OWN_THINGS.map((name) => [name, NEVER_WAS])) };
    nothing["slug"] = `papers-${NEVER_WAS.toLowerCase()}`;
    for (const route of ROUTES.filter(({ owned }) => owned)) {
      for (const { name, role, headers } of others.filter((asker) => !seesAnyway(route, asker))) {
        const said = [];
        for (const those of [things, nothing]) {
          const answer = await site.app.request(requestOf(route, { things: those, headers }));
          const text = (await answer.text()).replace(DRAWN, "");
          said.push(`${answer.status} ${answer.headers.get("location") ?? ""} ${text}`);
        }
        const [there, never] = said.map((text, at) => withoutIds(text, [things, nothing][at]!));
        if (there !== never) wrong.push(`${nameOf(route)} for ${name} (${role}): ${there?.slice(0, 90)}`);
      }
      if ((await snapshot()) !== before) wrong.push(`${nameOf(route)} changed something of A's`);
    }
    expect(wrong).toEqual([]);
  });
}

function officeChecks(open: () => World): void {
  it("opens a desk to its role and the ones above, and to no other", async () => {
    const { site, things, others } = open();
    const wrong: string[] = [];
    for (const route of ROUTES.filter(({ who }) => who === "curator" || who === "moderator" || who === "admin")) {
      for (const { name, role, headers } of others.filter((one) => one.role !== null)) {
        if (atLeast(role!, route.who as Role) && changes(route)) continue;
        const { status } = await site.app.request(requestOf(route, { things, headers }));
        const open = status !== 403;
        if (open !== atLeast(role!, route.who as Role)) wrong.push(`${nameOf(route)} for ${name}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("opens to a token what the token is for, and nothing else, however its header is written", async () => {
    const { site, things, tokens, snapshot } = open();
    const before = await snapshot();
    const wrong: string[] = [];
    const order = ["read", "vote", "write"];
    for (const route of ROUTES.filter(({ who }) => who !== "everybody" && who !== "link" && who !== "hook")) {
      for (const { name, scope, headers } of tokens) {
        if (route.scope !== undefined && order.indexOf(scope) >= order.indexOf(route.scope)) continue;
        const token = headers["authorization"]!.slice(7);
        for (const authorization of [`Bearer ${token}`, `bearer ${token}`, `Bearer\t${token}`, `Bearer  ${token}`]) {
          const { status } = await site.app.request(requestOf(route, { things, headers: { authorization } }));
          if (status !== 401 && status !== 403 && status !== 303) wrong.push(`${nameOf(route)} for ${name}: ${status}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(await snapshot()).toBe(before);
  });
}

const OWN_THINGS = ["collection", "held", "claim", "word", "submission", "session", "passkey", "token", "invite"];
/** Of the right shape. */
const NEVER_WAS = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

/** Moderators read what is held. */
const seesAnyway = (route: Route, { role }: Asker) =>
  !changes(route) && route.at.startsWith("/comments/{held}") && role !== null && atLeast(role, "moderator");

const withoutIds = (text: string, things: Readonly<Record<string, string>>) =>
  [...OWN_THINGS, "slug"].reduce((rest, name) => rest.replaceAll(things[name]!, "{it}"), text);
