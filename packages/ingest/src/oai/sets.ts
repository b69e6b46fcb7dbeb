/** arXiv's sets: how a category is named for readers (`cs.CL`), and how OAI-PMH names it (`cs:cs:CL`). */
import { invalid } from "@paperwire/domain";
import { quote } from "../refusal.ts";

/** Groups that hold one archive of the same name; every other archive belongs to physics. */
const OWN_GROUP = new Set(["cs", "econ", "eess", "math", "q-bio", "q-fin", "stat", "physics"]);
const NAME = /^[a-z]{2,8}(?:-[a-z]{2,5})?(?:\.[A-Za-z-]{2,10})?$/;

/** @throws DomainError `invalid`: not the name of an archive or a category */
export function checkSet(set: string): string {
  if (!NAME.test(set)) throw invalid(`${quote(set)} is no archive or category of arXiv. Write it as cs or cs.CL.`);
  return set;
}

/** @source https://oaipmh.arxiv.org/oai?verb=ListSets: group, `group:archive`, `group:archive:category` */
export function oaiSetOf(set: string): string {
  const [archive = "", category] = set.split(".");
  const group = OWN_GROUP.has(archive) ? archive : "physics";
  return category === undefined ? `${group}:${archive}` : `${group}:${archive}:${category}`;
}

/** Whether a paper whose first category this is counts as new in the set, and not as cross-listed. */
export function isPrimaryIn(set: string, primary: string): boolean {
  return primary === set || primary.startsWith(`${set}.`);
}
