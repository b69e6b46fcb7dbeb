/** What readers do: each file is one act, with its rules, its record and its answer. */
export { type Claims, createClaims } from "./claims.ts";
export { type Comments, createComments, type OnComment } from "./comments.ts";
export { createModeration, type Moderation, type OnModerated } from "./moderation.ts";
export type { CommunityParts } from "./parts.ts";
export { type VoteAnswer, type VoteWish, vote } from "./vote.ts";
