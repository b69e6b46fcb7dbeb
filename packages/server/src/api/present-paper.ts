/** From our papers to the objects the clients read: some facts stand twice, since each client looks in its own place. */

import type { Part } from "@paperwire/discovery";
import {
  type Author,
  isArxivId,
  type LinkKind,
  type ListedPaper,
  linkOf,
  type Organization,
  type Paper,
  upvotesOf,
} from "@paperwire/domain";
import type { ApiAuthor, ApiItem, ApiPaper, ApiPaperAnswer, ApiRepo, ApiRepos, ApiUser } from "./answers.ts";
import { objectId } from "./object-ids.ts";

const REPO_TYPES = { model: "model", dataset: "dataset", demo: "space" } as const;

/** The whole paper at the top level, as `GET /api/papers/{id}` answers. */
export function paperAnswer(listed: ListedPaper): ApiPaperAnswer {
  const { paper, entry } = listed;
  const { models, datasets, spaces } = reposOf(paper);
  return {
    ...paperObject(listed),
    numComments: entry?.numComments ?? 0,
    linkedModels: models,
    numTotalModels: models.length,
    linkedDatasets: datasets,
    numTotalDatasets: datasets.length,
    linkedSpaces: spaces,
    numTotalSpaces: spaces.length,
  };
}

/**
 * One item of a list. Clients read some fields only outside, others only inside `paper`: both places say them, except the
 * authors, which the Python client would take from outside as they come, not as the objects it makes of those inside.
 */
export function listItem(listed: ListedPaper): ApiItem {
  const { entry } = listed;
  const inner = paperObject(listed);
  const { publishedAt: _, authors: _a, venue: _v, categories: _c, links: _l, unverified: _u, ...repeated } = inner;
  const item: ApiItem = {
    paper: inner,
    ...repeated,
    numComments: entry?.numComments ?? 0,
    isAuthorParticipating: false,
  };
  // Out here the clients take it for the day in the daily papers, whatever its name says.
  if (inner.submittedOnDailyAt !== undefined) item.publishedAt = inner.submittedOnDailyAt;
  if (inner.submittedOnDailyBy !== undefined) item.submittedBy = inner.submittedOnDailyBy;
  return item;
}

/** A list item with the passages that show why it was found. */
export function searchItem(listed: ListedPaper, { title, snippet }: { title: Part[]; snippet: Part[] }): ApiItem {
  return { ...listItem(listed), highlightedTitle: passage(title), highlightedSummary: passage(snippet) };
}

/** Repositories that the paper is linked with, by kind; those without `owner/name` are left out. */
export function reposOf(paper: Paper): ApiRepos {
  return { models: repos(paper, "model"), datasets: repos(paper, "dataset"), spaces: repos(paper, "demo") };
}

function paperObject(listed: ListedPaper): ApiPaper {
  const { paper, entry, upvotesHere = 0 } = listed;
  const object: ApiPaper = {
    id: paper.id,
    title: paper.title,
    authors: (paper.authors ?? []).map((author, at) => authorObject(paper.id, author, at)),
    upvotes: upvotesOf(listed),
    ...(upvotesHere > 0 && { upvotesHere }),
    discussionId: objectId("discussion", paper.id),
    mediaUrls: [],
  };
  addText(object, paper);
  addLinks(object, paper);
  if (paper.publishedAt !== undefined) object.publishedAt = new Date(paper.publishedAt).toISOString();
  if (paper.organization) object.organization = organizationObject(paper.organization);
  if (isArxivId(paper.id)) object.source = "arxiv";
  if (paper.venue !== undefined) object.venue = paper.venue;
  if (paper.categories?.length) object.categories = [...paper.categories];
  if (paper.unverified?.length) object.unverified = [...paper.unverified];
  if (entry?.announcedOn) object.announcedEarlierOn = entry.announcedOn;
  if (paper.notices?.length) object.notices = paper.notices.map((notice) => ({ ...notice }));
  if (entry) object.submittedOnDailyAt = `${entry.edition}T00:00:00.000Z`;
  if (entry?.submittedBy) object.submittedOnDailyBy = userObject(entry.submittedBy);
  return object;
}

function addText(object: ApiPaper, { abstract, summary, keywords }: Paper): void {
  const text = abstract ?? summary?.text;
  if (text !== undefined) object.summary = text;
  if (summary?.generated) {
    object.ai_summary = summary.text;
    if (summary.model !== undefined) object.ai_summary_model = summary.model;
  }
  if (keywords?.length) object.ai_keywords = [...keywords];
}

function addLinks(object: ApiPaper, paper: Paper): void {
  const project = linkOf(paper, "project");
  const github = paper.links?.find(
    ({ kind, url }) => kind === "code" && /^https?:\/\/(?:www\.)?github\.com\//i.test(url),
  );
  if (project) object.projectPage = project.url;
  if (github) object.githubRepo = github.url;
  if (github?.stars !== undefined) object.githubStars = github.stars;
  if (paper.links?.length) object.links = paper.links.map((link) => ({ ...link }));
}

function authorObject(paperId: string, { name, claimedBy }: Author, at: number): ApiAuthor {
  const author: ApiAuthor = { _id: objectId("author", `${paperId}:${at}:${name}`), name, hidden: false };
  if (claimedBy === undefined) return author;
  return { ...author, user: userObject({ name: claimedBy, fullname: name }), status: "claimed_verified" };
}

/** `user` and `name` both hold the user name: every client reads only one of them. */
export function userObject({ name, fullname }: { name: string; fullname: string }): ApiUser {
  return {
    _id: objectId("user", name),
    user: name,
    name,
    fullname,
    avatarUrl: "",
    type: "user",
    isPro: false,
    isHf: false,
    isHfAdmin: false,
    isMod: false,
    isUserFollowing: false,
  };
}

function organizationObject({ name, fullname }: Organization) {
  return { _id: objectId("organization", name), name, fullname, avatar: "", avatarUrl: "" };
}

function repos(paper: Paper, kind: LinkKind & keyof typeof REPO_TYPES): ApiRepo[] {
  return (paper.links ?? [])
    .filter((link) => link.kind === kind && link.label !== undefined && link.label.includes("/"))
    .map(({ url, label }) => ({
      id: label!,
      author: label!.split("/")[0]!,
      private: false,
      repoType: REPO_TYPES[kind],
      url,
    }));
}

function passage(parts: readonly Part[]) {
  return parts.map(({ text, highlight }) => ({ type: highlight ? ("highlight" as const) : ("text" as const), text }));
}
