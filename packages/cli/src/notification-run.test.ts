import { createTokens, type Letter } from "@paperwire/mail";
import type { Store } from "@paperwire/store";
import { openTestStore } from "@paperwire/store/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mailNotifications } from "./notification-run.ts";

let store: Store;
let nowMs = Date.UTC(2025, 2, 28, 12);
const HOUR_MS = 3_600_000;
const tokens = createTokens(new Uint8Array(32).fill(1));

beforeAll(async () => {
  store = await openTestStore(() => nowMs);
  for (const handle of ["ada", "bela"]) {
    const names = { handle, name: handle, email: `${handle}@example.org`, emailVerified: handle === "ada" };
    await store.accounts.add({ id: `id-${handle}`, ...names });
  }
});
afterAll(() => store?.close());

const tell = (accountId: string, n: number) =>
  store.notifications.add({
    accountId,
    kind: "reply",
    words: `Happening ${n}.`,
    path: `/comments/${n}`,
    actorId: null,
    once: `n${n}`,
    byMail: true,
  });

/** A site whose outbox is a list that takes each name once, and may break after taking. */
function site({ breaks = false } = {}) {
  const letters: Letter[] = [];
  const names = new Set<string>();
  const run = () =>
    mailNotifications({
      store,
      mail: {
        tokens,
        letter: (to, words) => ({ to, subject: words.subject, text: JSON.stringify(words), headers: {} }),
      },
      post: {
        send: async (letter, { once } = {}) => {
          if (names.has(once!)) return false;
          names.add(once!);
          letters.push(letter);
          if (breaks) throw new Error("the process ends here");
          return true;
        },
      },
      baseUrl: "https://papers.example.org",
      siteName: "Papers",
      nowMs,
    });
  return { letters, run, mend: () => void (breaks = false) };
}

it("mails what gathered in one letter, with a way out, and only to an address that was confirmed", async () => {
  for (const n of [1, 2, 3]) await tell("id-ada", n);
  await tell("id-bela", 4);
  nowMs += HOUR_MS;
  const { letters, run } = site();
  expect(await run()).toBe(1);
  expect(await run()).toBe(0);
  expect(letters).toHaveLength(1);
  expect(letters[0]).toMatchObject({ to: "ada@example.org", subject: "3 notifications from Papers" });
  expect(letters[0]!.text).toContain("Happening 2. https://papers.example.org/comments/2");
  expect(letters[0]!.headers["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
  const [, token] = /mail-off\/([^>]+)>/.exec(letters[0]!.headers["List-Unsubscribe"]!)!;
  expect(tokens.read("quiet", token!, nowMs)).toBe("id-ada");
});

it("hands a letter over once, also where the process ends in the middle", async () => {
  nowMs += 25 * HOUR_MS;
  await tell("id-ada", 5);
  nowMs += HOUR_MS;
  const { letters, run, mend } = site({ breaks: true });
  await expect(run()).rejects.toThrow("ends here");
  mend();
  expect(await run()).toBe(0);
  expect(letters.map(({ subject }) => subject)).toEqual(["Happening 5."]);
  expect(await run()).toBe(0);
});

it("writes to nobody whose address must not be written to, and counts what does not fit", async () => {
  nowMs += 25 * HOUR_MS;
  for (let n = 100; n < 140; n++) await tell("id-ada", n);
  nowMs += HOUR_MS;
  await store.suppressions.add("ada@example.org", "complaint");
  expect(await site().run()).toBe(0);
  await store.suppressions.remove("ada@example.org");
  nowMs += 25 * HOUR_MS;
  for (let n = 200; n < 240; n++) await tell("id-ada", n);
  nowMs += HOUR_MS;
  const { letters, run } = site();
  expect(await run()).toBe(1);
  expect(letters[0]!.text).toContain("And 10 more");
});
