/** Items of a page, each adapted for itself: one that is bad refuses itself and no other. */
import type { IncomingRecord } from "@paperwire/domain";
import type { z } from "zod";
import { misfit } from "../formats/shape.ts";
import { Refusal } from "../refusal.ts";
import type { SourceItem } from "./port.ts";

const ID_CHARS = 100;

type Adapting<Shape extends z.ZodType> = {
  shape: Shape;
  /** Of an item that may have any shape; for the list of refusals. */
  idOf(item: Record<string, unknown>): unknown;
  /** @returns null for what is no paper @throws Refusal */
  adapt(said: z.output<Shape>): IncomingRecord | null;
};

export function adaptItems<Shape extends z.ZodType>(
  items: readonly unknown[],
  { shape, idOf, adapt }: Adapting<Shape>,
): SourceItem[] {
  const adapted: SourceItem[] = [];
  for (const [at, item] of items.entries()) {
    const isObject = item !== null && typeof item === "object";
    const named = isObject ? idOf(item as Record<string, unknown>) : undefined;
    const id = typeof named === "string" && named !== "" ? named.slice(0, ID_CHARS) : `item ${at + 1}`;
    const fitted = shape.safeParse(item);
    if (!fitted.success) {
      adapted.push({ id, refused: misfit(fitted.error, item) });
      continue;
    }
    try {
      const record = adapt(fitted.data);
      if (record) adapted.push({ id, record });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      adapted.push({ id, refused: error.message });
    }
  }
  return adapted;
}
