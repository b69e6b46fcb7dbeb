/** One Paperwire follows another: the editions of the first appear on the second, with places, votes and links. */
import { addDays } from "@paperwire/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { end, House } from "./command.ts";

/** The command looks at the real clock, and waits three seconds between two requests. */
const LIMIT_MS = 240_000;
const today = new Date().toISOString().slice(0, 10);
const yesterday = addDays(today, -1);

const entry = (n: number, edition: string, changes: object = {}) => ({
  edition,
  id: `2611.${String(n).padStart(5, "0")}`,
  title: `Paper number ${n} of the first house`,
  abstract: "It is announced in one house and read in another.",
  authors: [{ name: "Ada Example" }],
  publishedAt: `${edition}T10:00:00.000Z`,
  submittedAt: `${edition}T01:00:00.000Z`,
  submittedBy: "carla",
  githubRepo: "https://github.com/example/code",
  githubStars: 12,
  upvotes: n % 5,
  numComments: 0,
  ...changes,
});
const lines = (records: readonly object[]) => Buffer.from(records.map((one) => `${JSON.stringify(one)}\n`).join(""));
/** A paper that has no id of arXiv: it is known by its title. */
const homely = {
  id: "pl-0a1b2c3d",
  title: "A paper of no catalogue, found by its title",
  abstract: "It has no number.",
  venue: "Workshop on Houses",
  year: 2026,
};

describe("a second house follows the first", () => {
  let first: House;
  let second: House;
  let address = "";
  const off = { SEED_EDITION: "off" };
  beforeAll(async () => {
    [first, second] = await Promise.all([House.open(), House.open()]);
    const papers = [...[1, 2, 3].map((n) => entry(n, yesterday)), ...[4, 5].map((n) => entry(n, today))];
    for (const input of [lines(papers), lines([homely])]) await first.run(["import", "-"], { env: off, input });
    address = (await first.serve(off)).address;
  }, LIMIT_MS);
  afterAll(async () => {
    await first?.close();
    await second?.close();
  });

  const follow = async (more: string[] = []) => {
    const { code, stdout } = await second.run(["harvest", "hf", "--json", ...more], { env: off });
    expect(code).toBe(0);
    return JSON.parse(stdout);
  };
  const shown = async (at: string) =>
    (await (await fetch(`${at}/api/daily_papers?date=${yesterday}`)).json()) as { paper: Record<string, unknown> }[];

  it(
    "takes its editions over, and changes nothing the second time",
    async () => {
      expect(await follow(["--sets", address, "--since", yesterday])).toMatchObject({ added: 5, refused: 0, share: 1 });
      expect(await follow()).toMatchObject({ added: 0, updated: 0, unchanged: 5 });
    },
    LIMIT_MS,
  );

  it(
    "shows the same papers in the same places",
    async () => {
      const site = await second.serve(off);
      const [theirs, ours] = [await shown(address), await shown(site.address)];
      const facts = (items: typeof ours) =>
        items.map(({ paper }) => [
          paper["id"],
          paper["title"],
          paper["upvotes"],
          paper["githubRepo"],
          paper["githubStars"],
        ]);
      expect(ours).toHaveLength(3);
      expect(facts(ours)).toEqual(facts(theirs));
      await end(site.child, "SIGTERM");
    },
    LIMIT_MS,
  );

  it(
    "hears of votes that are counted later",
    async () => {
      const more = lines([entry(1, yesterday, { upvotes: 40 })]);
      expect((await first.run(["import", "-"], { input: more })).code).toBe(0);
      // The two behind it move down one place each.
      expect(await follow()).toMatchObject({ added: 0, updated: 3, unchanged: 2 });
    },
    LIMIT_MS,
  );
});
