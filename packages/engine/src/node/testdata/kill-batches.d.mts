/** Types of kill-batches.mjs. */
import type { Changes } from "../open-index.ts";
import type { Schema } from "../../schema.ts";

export const KILL_SCHEMA: Schema;
export function batchOf(revision: number): Changes;
export function survivors(revision: number): Map<string, string>;
