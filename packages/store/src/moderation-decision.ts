/** What a moderator can decide, and about what. */
import type { ModerationAct, Role, SubjectKind, TrustLevel } from "@paperwire/domain";

export type Subject = { kind: SubjectKind | "claim" | "word"; id: string };

/** What a moderator does, with what the act needs. */
export type Decision = { act: ModerationAct; subject: Subject; reason: string } & (
  | { act: "suspend"; days: number }
  | { act: "set-trust"; trust: TrustLevel }
  | { act: "set-role"; role: Role }
  | { act: Exclude<ModerationAct, "suspend" | "set-trust" | "set-role"> }
);
