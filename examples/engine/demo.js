/** The whole engine in a page: index, search as you type, snippets, and why each hit is there. */
import { createIndex, highlight, snippet } from "../../packages/engine/dist/index.js";
import { papers } from "./papers.js";

const index = createIndex({
  fields: { title: { weight: 2.5 }, abstract: { weight: 1 }, authors: { weight: 1, kind: "name" } },
  facets: { day: "number", code: "flag" },
  operators: {
    author: { type: "field", field: "authors" },
    title: { type: "field", field: "title" },
    after: { type: "after", facet: "day" },
    has: { type: "has", flags: { code: "code" } },
  },
});
index.upsert(
  papers.map(({ id, title, abstract, authors, day, code }) => ({
    id,
    fields: { title, abstract, authors },
    facets: { day, code },
  })),
);

const byId = new Map(papers.map((paper) => [paper.id, paper]));
const input = document.querySelector("#query");
const list = document.querySelector("#hits");
const notes = document.querySelector("#notes");

/** Marked text as elements; nothing is ever put in as HTML. */
function marked(parts) {
  return parts.map(({ text, highlight: isMarked }) => {
    if (!isMarked) return document.createTextNode(text);
    const mark = document.createElement("mark");
    mark.textContent = text;
    return mark;
  });
}

function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

function show(query) {
  const result = index.search(query);
  const items = result.hits.map(({ id, score }) => {
    const paper = byId.get(id);
    const why = index.explain(result.query, id)?.parts.slice(0, 4) ?? [];
    const reasons = why.map(({ kind, text, value }) => `${text} (${kind}) ${value.toFixed(2)}`).join(" + ");
    return element(
      "li",
      element("strong", ...marked(highlight(paper.title, result.query))),
      element("p", ...marked(snippet(paper.abstract, result.query, { maxChars: 140 }).parts)),
      element("small", `${paper.authors.join(", ")}. Score ${score.toFixed(2)} = ${reasons}`),
    );
  });
  list.replaceChildren(...items);
  notes.textContent = [`${result.total} found`, ...result.notes].join(". ");
  const words = index.suggest(query).flatMap((suggestion) => ("text" in suggestion ? [suggestion.text] : []));
  document
    .querySelector("#completions")
    .replaceChildren(...words.map((text) => Object.assign(document.createElement("option"), { value: text })));
}

document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
input.addEventListener("input", () => show(input.value));
show(input.value);
