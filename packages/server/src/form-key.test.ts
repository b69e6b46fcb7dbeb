import { newSecret } from "@paperwire/accounts";
import { expect, it } from "vitest";
import { readOneUse } from "./form-key.tsx";
import type { SentForm } from "./read-form.ts";

const MINUTE_MS = 60_000;
const sent = (fields: Record<string, string>) =>
  readOneUse({ text: (name: string) => fields[name] ?? "" } as SentForm, { by: "id-ada", fields: ["name"] });

it("gives the second sending the secret of the first for some minutes, and no longer", () => {
  const form = { "form-key": newSecret(), name: "script" };
  const [first, second] = [sent(form), sent(form)];
  expect(second.use.hash).toBe(first.use.hash);
  expect(second.secret).not.toBe(first.secret);
  const made = (ageMs: number) => ({ id: "T1", before: { salt: first.use.salt, ageMs } });
  expect(first.secretOf({ id: "T1", before: null })).toBe(first.secret);
  expect(second.secretOf(made(9 * MINUTE_MS))).toBe(first.secret);
  expect(second.secretOf(made(11 * MINUTE_MS))).toBeNull();
});

it("takes other words and forms without a key of ours for other forms", () => {
  const key = newSecret();
  const hashes = [
    sent({ "form-key": key, name: "a" }),
    sent({ "form-key": key, name: "b" }),
    sent({ "form-key": "guessable", name: "a" }),
    sent({ "form-key": "guessable", name: "a" }),
    sent({ name: "a" }),
  ].map(({ use }) => use.hash);
  expect(new Set(hashes).size).toBe(hashes.length);
});
