/** JSON of a source: fetched politely, parsed, and checked against its shape. */
import { upstream } from "@paperwire/domain";
import type { z } from "zod";
import { misfit } from "../formats/shape.ts";
import { decodeAll } from "../polite/decode.ts";
import type { FetchRequest, PoliteFetcher } from "../polite/polite-fetcher.ts";
import type { Answer } from "../polite/request.ts";

export type JsonRequest<Shape extends z.ZodType> = Omit<FetchRequest<never>, "accept" | "read"> & {
  fetcher: PoliteFetcher;
  /** Of the source, for sentences. */
  name: string;
  shape: Shape;
};

/** @throws DomainError `upstream`: not JSON, or JSON of another shape; the frame only, for items refuse themselves */
export async function fetchJson<Shape extends z.ZodType>({
  fetcher,
  name,
  shape,
  ...request
}: JsonRequest<Shape>): Promise<z.output<Shape>> {
  const answer = await fetcher.fetch({
    ...request,
    accept: "application/json",
    read: (answer) => readJson(answer, name, shape),
  });
  if (answer === null) throw upstream(`${name} says that nothing changed, which it was not asked.`);
  return answer.value;
}

/** In a box: the value itself may be null. */
export async function readJson<Shape extends z.ZodType>(
  answer: Answer,
  name: string,
  shape: Shape,
): Promise<{ value: z.output<Shape> }> {
  const text = await decodeAll(answer, name);
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch (error) {
    const what = text.trimStart().startsWith("<") ? "answers with a page instead of JSON" : "answers with damaged JSON";
    throw upstream(`${name} ${what}.`, error);
  }
  const fitted = shape.safeParse(said);
  if (!fitted.success) throw upstream(`${name} answers with JSON of another shape: ${misfit(fitted.error, said)}`);
  return { value: fitted.data };
}
