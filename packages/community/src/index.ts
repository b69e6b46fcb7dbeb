/** What readers do: each file is one act, with its rules, its record and its answer. */

export { aboutAccount } from "./about-account.ts";
export { type Claims, createClaims } from "./claims.ts";
export { type CleanImage, cleanImage, IMAGE_LIMITS } from "./clean-image.ts";
export { type Comments, createComments, type OnComment } from "./comments.ts";
export {
  closeByClock,
  closeByHand,
  curate,
  type DeskAct,
  type DeskParts,
  type DeskWish,
  decideSubmission,
} from "./curate.ts";
export { type FoundPaper, findPaper, type PaperLookUp } from "./find-paper.ts";
export { createInvites, type Invites } from "./invites.ts";
export { createModeration, type Moderation, type OnModerated, showsSent } from "./moderation.ts";
export { paperNamed } from "./named-paper.ts";
export { createNotifier, type Happening, type Notifier } from "./notify.ts";
export type { CommunityParts } from "./parts.ts";
export { type PickChanges, writeSeenPicks } from "./seen-picks.ts";
export {
  draftSubmission,
  type SubmissionDraft,
  type SubmissionWish,
  type SubmitParts,
  submitPaper,
  undoSubmission,
} from "./submit.ts";
export { type VoteAnswer, type VoteWish, vote } from "./vote.ts";
