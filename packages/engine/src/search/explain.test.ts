/** What stands in an explanation can be read: the reader's words, or whole words of the paper. */
import { expect, it } from "vitest";
import { createIndex } from "../index.ts";

it("shows compounds as they are written and not as they are stored", () => {
  const index = createIndex({ fields: { title: { weight: 2.5 }, abstract: { weight: 1 } } });
  index.upsert(
    Array.from({ length: 60 }, (_, at) => ({
      id: `p${at}`,
      fields: {
        title: at < 6 ? "Retrieval-augmented generation of answers" : `Filler number ${at}`,
        abstract:
          at < 6 ? `We study knowledge-intensive questions and evaluation, part ${at}` : "Something else entirely",
      },
    })),
  );
  const textsOf = (query: string): string[] =>
    (index.explain(query, "p1")?.parts ?? []).map((part) => `${part.kind} ${part.text}`);
  const texts = textsOf("retrieval generation answers evaluation");
  expect(texts).toContain("feedback retrieval-augmented");
  expect(texts).toContain("feedback knowledge-intensive");
  expect(texts).toContain("feedback evaluation");
  expect(textsOf("retrieval-augmented answers")).toContain("variant retrieval-augmented");
});
