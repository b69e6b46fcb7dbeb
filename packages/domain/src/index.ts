/** The words and rules of the field: papers, editions, dates, keys, errors. Pure; no clock, no disk, no network. */
export { type Account, type AccountId, atLeast, ROLES, type Role, type TrustLevel } from "./account.ts";
export {
  ARXIV_HOLIDAYS,
  announcedAtMs,
  easternDay,
  hasBatch,
  isAnnouncementEvening,
  latestBatchDay,
  nextAnnouncementMs,
} from "./announcement-calendar.ts";
export { type ArxivId, arxivPageUrl, arxivPdfUrl, formatArxivId, isArxivId, parseArxivId } from "./arxiv-id.ts";
export { type BatchDoor, type BatchFacts, type BatchState, batchState, type DoorReport } from "./batch-state.ts";
export {
  AUTHOR_WORD_KINDS,
  type AuthorWordKind,
  authorNamed,
  CLAIM_LIMITS,
  CLAIM_STATES,
  type Claim,
  type ClaimEvidence,
  type ClaimState,
  evidenceFor,
  readAuthorWord,
} from "./claim.ts";
export type { Clock } from "./clock.ts";
export {
  COMMENT_LIMITS,
  COMMENT_STATES,
  COMMENTS_PER_HOUR,
  type Comment,
  type CommentAuthor,
  type CommentId,
  type CommentState,
  checkEdit,
  checkOwn,
  checkRestore,
  isReaction,
  MENTION,
  maySee,
  mentionsIn,
  REACTIONS,
  type Reaction,
  readCommentBody,
  reasonToHold,
  type Thread,
  type ThreadOrder,
  threadsOf,
} from "./comment.ts";
export { CURATION_LIMITS, closeRefusal, curationRefusal, type EditionState, moved } from "./curation.ts";
export {
  type AfterAttempt,
  ATTEMPTS_MAX,
  afterAttempt,
  afterQuietHours,
  DELIVERY_STATES,
  type DeliveryState,
  dueAt,
  retryDelayMs,
  SENDING_SETTING,
  type SendResult,
} from "./delivery.ts";
export {
  CORRECTIONS_MAX,
  type Correction,
  DIGEST_ITEMS_MAX,
  type Digest,
  type DigestItem,
  type DigestLink,
  digestNameOf,
  digestRangeOf,
  editionEndMs,
  lastClosedDay,
  reasonFor,
  type Selection,
  selectFor,
} from "./digest.ts";
export {
  commentsOf,
  type EditionEntry,
  type EntryFacts,
  type IncomingRecord,
  type ListedPaper,
  type Outcome,
  type Submitter,
  upvotesOf,
} from "./edition.ts";
export {
  addDays,
  addMonths,
  type DateRange,
  type EditionClock,
  type EditionDate,
  editionDateAt,
  formatMonth,
  formatWeek,
  isEditionDate,
  parseEditionDate,
  parseMonth,
  parseWeek,
  toUtcMs,
  weekdayOf,
} from "./edition-date.ts";
export {
  conflict,
  DomainError,
  type ErrorCode,
  forbidden,
  invalid,
  Moved,
  notFound,
  tooMany,
  unauthorized,
  upstream,
} from "./errors.ts";
export {
  HANDLE_CHARS,
  isProvisional,
  NAME_CHARS_MAX,
  parseHandle,
  parseName,
  provisionalHandle,
  suggestHandle,
} from "./handle.ts";
export { createDuplicateFinder, type DuplicateFinder, type DuplicatePair } from "./identity/duplicate-finder.ts";
export { evidenceText } from "./identity/evidence-text.ts";
export {
  type Evidence,
  type Judgement,
  judgePair,
  type Objection,
  sketchWork,
  type Verdict,
  type WorkSketch,
  type WorkText,
} from "./identity/same-work.ts";
export { textKey } from "./identity/shingles.ts";
export {
  growTree,
  INVITE_LIMITS,
  INVITE_MODES,
  type InviteBranch,
  type InviteMode,
  type InviteNode,
  invitesAllowed,
  parseInviteNote,
  parseInviteWish,
} from "./invite.ts";
export { type JobPlan, type JobRecord, nextRunMs } from "./job-schedule.ts";
export { nameKey, titleKey, topicKey } from "./keys.ts";
export { type Arrival, isAnnouncedEarlier } from "./late-papers.ts";
export { leadOf, summaryCredit } from "./lead.ts";
export {
  CURRENT_RULE,
  createLedgerCheck,
  freezeEdition,
  type LedgerCandidate,
  type LedgerCheck,
  type LedgerContent,
  type LedgerEntry,
  type LedgerFault,
} from "./ledger.ts";
export {
  afterSight,
  LINK_EVENTS,
  LINK_STATES,
  type LinkEvent,
  type LinkHistory,
  type LinkSight,
  type LinkStanding,
  type LinkState,
  nextLookMs,
  type PaperLinkHistory,
} from "./link-history.ts";
export {
  actBeforePerson,
  FLAG_LIMITS,
  FLAG_REASONS,
  type FlagReason,
  isFlagReason,
  isSubjectKind,
  MODERATION_ACTS,
  type ModerationAct,
  nameOfAct,
  SUSPENSION_DAYS,
  type SubjectKind,
  urgency,
} from "./moderation.ts";
export {
  mergeNotices,
  NOTICE_KINDS,
  NOTICES_MAX,
  type Notice,
  type NoticeKind,
  noticeText,
  noticeWord,
  strongestNotice,
} from "./notice.ts";
export {
  bundleIsDue,
  DEFAULT_NOTIFICATION_WISHES,
  howToTell,
  MAIL_PACES,
  type MailPace,
  NOTIFICATION_KINDS,
  NOTIFICATION_LIMITS,
  type NotificationKind,
  type NotificationWishes,
  readNotificationWishes,
} from "./notification.ts";
export { parseOrcid } from "./orcid.ts";
export {
  type Author,
  type DatePrecision,
  type Identifier,
  LIMITS,
  type Link,
  type LinkKind,
  linkOf,
  mergeFacts,
  type Organization,
  type Paper,
  type PaperFacts,
  type PaperId,
  pageUrl,
  pdfUrl,
  type Summary,
  topicsOf,
  type UnverifiedFact,
} from "./paper.ts";
export { type BaseRates, baseRates, type RateSample, usualVotes } from "./ranking/base-rate.ts";
export {
  type Candidate,
  countedVotes,
  NO_VOTES,
  type Part,
  type TermName,
  type VoteCounts,
} from "./ranking/candidate.ts";
export { countVotes, type Voter } from "./ranking/count-votes.ts";
export {
  DEFAULT_DIALS,
  type DialForm,
  type Dials,
  formatDials,
  readDials,
  type Weights,
  weightsOf,
} from "./ranking/dials.ts";
export {
  bucketOf,
  JUDGED_SURFACES,
  lookAt,
  looksOf,
  meanLooks,
  type Showings,
  SURFACES,
  type Surface,
} from "./ranking/exposure.ts";
export type { FieldPapers } from "./ranking/field-share.ts";
export { gainWithin, type Observation } from "./ranking/gain.ts";
export { independence } from "./ranking/independence.ts";
export { findLikeness, type Likeness, NO_LIKENESS, VOTES_MAX, type Vote } from "./ranking/likeness.ts";
export { isOfFields, type Ranked, type RankOptions, rankPapers } from "./ranking/rank-papers.ts";
export { createTaste, TASTE, type Taste, type TasteFacts, type TasteOptions } from "./ranking/taste.ts";
export { parseReference, REFERENCE_CHARS } from "./reference.ts";
export {
  firstState,
  SUBMISSION_LIMITS,
  SUBMISSION_STATES,
  type SubmissionFacts,
  type SubmissionState,
  submissionRefusal,
  submissionsPerDay,
  type UndoFacts,
  undoRefusal,
} from "./submission.ts";
export {
  CADENCES,
  type Cadence,
  DEFAULT_PREFERENCES,
  isPausedOn,
  PREFERENCE_LIMITS,
  type PreferenceForm,
  type Preferences,
  readPreferences,
  type SubscriptionState,
} from "./subscription.ts";
export { type Conduct, earnedTrust } from "./trust.ts";
export {
  type EarlierWords,
  sameWords,
  type TextPart,
  VERSIONS_MAX,
  type VersionDate,
  versionName,
  type WordChange,
} from "./version.ts";
export { waitInWords } from "./wait.ts";
export { watchedUrl } from "./watched-url.ts";
