/** What readers do: each file is one act, with its rules, its record and its answer. */
export { type Comments, createComments, type OnComment } from "./comments.ts";
export type { CommunityParts } from "./parts.ts";
export { type VoteAnswer, type VoteWish, vote } from "./vote.ts";
