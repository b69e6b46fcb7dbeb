/** A question finds what its subject alone would find. */
import { expect, it } from "vitest";
import { parseQuery } from "./parse.ts";
import { frameWords } from "./question-frame.ts";

const SCHEMA = { fields: { title: { weight: 2.5 }, abstract: { weight: 1 } } };

/** What is left of a query without its frame. */
function subjectOf(query: string): string {
  const parsed = parseQuery(query, SCHEMA);
  const frame = frameWords(parsed);
  return parsed.clauses
    .filter((clause) => !frame.has(clause))
    .map((clause) => clause.text)
    .join(" ");
}

it.each([
  ["papers about token vectors", "token vectors"],
  ["Where can I find research on token vectors", "token vectors"],
  ["What is known about token vectors?", "token vectors?"],
  ["what do we know about token vectors", "token vectors"],
  ["How much is known about token vectors", "token vectors"],
  ["What is the role of token vectors in retrieval", "token vectors in retrieval"],
  ["what evidence is there for token vectors", "token vectors"],
  ["Is there any evidence that token vectors help", "token vectors help"],
])("%s", (query, subject) => {
  expect(subjectOf(query)).toBe(subject);
});

it.each([
  "role of token vectors in retrieval",
  "evidence for token vectors in retrieval",
  "known token vectors of papers",
  "what is known about",
])("leaves alone: %s", (query) => {
  expect(subjectOf(query)).toBe(query);
});
