/**
 * Test collections made from what people said about papers elsewhere: links, tags, keywords, summaries. None of them was
 * judged by anybody for the purpose of search, so each is a stand-in (a proxy) for a kind of question and no more.
 */
import { seededRandom } from "@paperwire/engine/eval";
import {
  readConferencePapers,
  readDailyPapers,
  readJudged,
  readLibraryPapers,
  readResearchers,
} from "./proxy-sources.mjs";

const SEED = 20260501;
/** Share of the papers without an abstract where a collection is to have gaps. */
const GAPS = 0.4;
const FRAMES = [
  "papers about ",
  "where can I find research on ",
  "Are there any papers that show that ",
  "Could you recommend some work on ",
];
const QUESTIONS = ["what is known about ", "how does ", "what are the applications of ", "what is the role of "];
/** Tags by which people sort their reading, not by subject. */
const TAGS_OF_HABIT =
  /^(?:to-?read|todo|unread|read|.*import.*|no-tag|file|misc|phd|thesis|reviews?|papers?|articles?|journal|general|research|background|important|interesting|cited|printed|pdf|key-.*|.*--.*|.*\d{3}.*)$/;

/** @returns {Promise<{name: string, likeness: string, collection: import("@paperwire/engine/eval").Collection}[]>} */
export async function makeProxies(data) {
  const conference = shuffled(readConferencePapers(data));
  return [
    ...libraryProxies(readLibraryPapers(data)),
    ...researcherProxies(readResearchers(data)),
    ...dailyProxies(readDailyPapers(data)),
    ...keywordProxies(conference.filter((paper) => paper.keywords.length > 0)),
    ...knownItemProxies(conference),
    await judgedWithGaps(data, "scifact", "test"),
    await judgedWithGaps(data, "cranfield", "test"),
  ];
}

/** Questions that people judged, but 40 of 100 documents have a title only, as in TREC-COVID. */
async function judgedWithGaps(data, name, split) {
  const collection = await readJudged(data, name, split);
  return {
    name: `${name}-gaps`,
    likeness: "TREC-COVID",
    collection: { ...collection, corpus: withGaps(collection.corpus) },
  };
}

function withGaps(papers) {
  const random = seededRandom(SEED);
  return papers.map((paper) => (random() < GAPS && paper.title !== "" ? { ...paper, text: "" } : paper));
}

/** Titles as queries, as in SCIDOCS; and tags as short queries in other words than the authors', as in NFCorpus. */
function libraryProxies(papers) {
  const known = papers.filter((paper) => paper.item >= 0);
  const byItem = new Map(known.map((paper) => [paper.item, paper.id]));
  const linked = new Map();
  const shared = new Map();
  for (const paper of known) {
    const links = paper.links.filter((item) => byItem.has(item)).map((item) => [byItem.get(item), 1]);
    if (links.length > 0) linked.set(paper.id, new Map(links));
    const readers = readersInCommon(paper, known).map(({ id, count }) => [id, count >= 6 ? 2 : 1]);
    if (readers.length >= 2) shared.set(paper.id, new Map(readers));
  }
  const titles = papers.map(({ id, title }) => ({ id, text: title }));
  const tagged = groupBy(known, ({ tags }) =>
    tags.filter((tag) => !TAGS_OF_HABIT.test(tag)).map((tag) => tag.replace(/[-_]+/g, " ")),
  );
  return [
    { name: "title-to-linked", likeness: "SCIDOCS", ...collectionOf(papers, titles, linked, 1000) },
    { name: "title-to-shared", likeness: "SCIDOCS", ...collectionOf(papers, titles, shared, 1000) },
    { name: "tag-to-papers", likeness: "NFCorpus", ...topics(papers, tagged, { least: 4, most: 150, count: 400 }) },
  ];
}

/** The ten papers that most readers of one keep, too, at least three. */
function readersInCommon(paper, papers) {
  const counts = papers
    .filter((other) => other !== paper)
    .map((other) => ({ id: other.id, count: [...other.users].filter((user) => paper.users.has(user)).length }));
  return counts
    .filter(({ count }) => count >= 3)
    .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1))
    .slice(0, 10);
}

/** The longest titles of a researcher ask for the others' papers of the same researcher. */
function researcherProxies({ papers, written }) {
  const byId = new Map(papers.map((paper) => [paper.id, paper]));
  const qrels = new Map();
  for (const own of written.values()) {
    const longest = [...own].sort((a, b) => byId.get(b).title.length - byId.get(a).title.length || (a < b ? -1 : 1));
    for (const id of longest.slice(0, 8)) {
      qrels.set(id, new Map([...own].filter((other) => other !== id).map((other) => [other, 1])));
    }
  }
  const titles = papers.map(({ id, title }) => ({ id, text: title }));
  return [{ name: "title-to-author", likeness: "SCIDOCS", ...collectionOf(papers, titles, qrels, 500) }];
}

function dailyProxies(papers) {
  const listed = groupBy(papers, (paper) => paper.keywords);
  return [
    { name: "topic-to-papers", likeness: "NFCorpus", ...topics(papers, listed, { least: 5, most: 200, count: 400 }) },
  ];
}

/** Keywords are left out of what is searched. In the second 40 of 100 papers are without abstract, as in TREC-COVID. */
function keywordProxies(papers) {
  const listed = groupBy(papers, (paper) => paper.keywords);
  const gaps = withGaps(papers);
  const many = { least: 25, most: 1000, count: 200 };
  return [
    { name: "keyword-to-papers", likeness: "NFCorpus", ...topics(papers, listed, { least: 3, most: 60, count: 400 }) },
    {
      name: "question-to-gaps",
      likeness: "TREC-COVID",
      ...topics(gaps, listed, many, (topic, at) => QUESTIONS[at % QUESTIONS.length] + topic),
    },
    { name: "keyword-to-gaps", likeness: "TREC-COVID", ...topics(gaps, listed, many) },
  ];
}

function knownItemProxies(conference) {
  const papers = shuffled([
    ...conference.filter((paper) => paper.tldr !== "" || paper.keywords.length > 2),
    ...conference.filter((paper) => paper.tldr === "" && paper.keywords.length <= 2).slice(0, 12_000),
  ]);
  const random = seededRandom(SEED);
  const about = ({ id }, text) => ({ id: `about-${id}`, text });
  const told = papers.filter((paper) => paper.tldr.split(" ").length > 5);
  const untitled = papers.map((paper) => ({ ...paper, title: "" }));
  const keyed = papers.filter((paper) => paper.keywords.length > 2);
  const framed = told.map((paper, at) => about(paper, FRAMES[at % FRAMES.length] + paper.tldr));
  return [
    {
      name: "tldr-to-paper",
      likeness: "LitSearch",
      ...knownItems(
        papers,
        told.map((paper) => about(paper, paper.tldr)),
        500,
      ),
    },
    { name: "framed-to-paper", likeness: "LitSearch", ...knownItems(papers, framed, 500) },
    {
      name: "keywords-to-paper",
      likeness: "known item",
      ...knownItems(
        papers,
        keyed.map((paper) => about(paper, paper.keywords.join(" "))),
        500,
      ),
    },
    {
      name: "title-to-abstract",
      likeness: "known item",
      ...knownItems(
        untitled,
        papers.map((paper) => about(paper, paper.title)),
        500,
      ),
    },
    {
      name: "typo-to-paper",
      likeness: "known item",
      ...knownItems(
        papers,
        papers.map((paper) => about(paper, mistyped(paper.title, random))),
        500,
      ),
    },
  ];
}

/** Five words of a title in a row, the longest with a letter more, less or another. */
function mistyped(title, random) {
  const words = title.split(" ").slice(0, 5);
  const longest = words.reduce((best, word, at) => (word.length > words[best].length ? at : best), 0);
  const word = words[longest];
  const at = 1 + Math.floor(random() * Math.max(1, word.length - 1));
  const letter = String.fromCharCode(97 + Math.floor(random() * 26));
  const kinds = [word.slice(0, at) + letter + word.slice(at), word.slice(0, at) + word.slice(at + 1)];
  kinds.push(word.slice(0, at) + letter + word.slice(at + 1));
  words[longest] = kinds[Math.floor(random() * kinds.length)];
  return words.join(" ");
}

/** Each query's own paper is the only relevant one. */
function knownItems(papers, queries, count) {
  const qrels = new Map(queries.map(({ id }) => [id, new Map([[id.replace(/^about-/, ""), 1]])]));
  return collectionOf(papers, queries, qrels, count);
}

/** One query for each name of a group of neither few nor many papers. */
function topics(papers, groups, { least, most, count }, ask = (topic) => topic) {
  const named = [...groups].filter(([name, own]) => own.length >= least && own.length <= most && /[a-z]{3}/.test(name));
  const queries = named.map(([name], at) => ({ id: `topic-${at}`, text: ask(name, at) }));
  const qrels = new Map(named.map(([, own], at) => [`topic-${at}`, new Map(own.map(({ id }) => [id, 1]))]));
  return collectionOf(papers, queries, qrels, count);
}

/** At most so many of the judged queries, drawn by chance. */
function collectionOf(papers, queries, qrels, count) {
  const texts = new Map(queries.map((query) => [query.id, query]));
  const drawn = shuffled([...qrels.keys()].filter((id) => texts.has(id))).slice(0, count);
  const corpus = papers.map(({ id, title, text }) => ({ id, title, text }));
  const judged = new Map(drawn.map((id) => [id, qrels.get(id)]));
  return { collection: { corpus, queries: drawn.map((id) => texts.get(id)), qrels: judged } };
}

function groupBy(papers, namesOf) {
  const groups = new Map();
  for (const paper of papers) {
    for (const name of new Set(namesOf(paper))) groups.set(name, [...(groups.get(name) ?? []), paper]);
  }
  return groups;
}

/** A copy in an order by chance, the same each time. */
function shuffled(list) {
  const random = seededRandom(SEED);
  const copy = [...list];
  for (let at = copy.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [copy[at], copy[other]] = [copy[other], copy[at]];
  }
  return copy;
}
