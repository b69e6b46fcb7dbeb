/** `GET /api/trending`: what the page shows, with the parts of every score. */
import type { z } from "@hono/zod-openapi";
import { editionDateAt, readDials } from "@paperwire/domain";
import type { TrendingSchema } from "./answers.ts";
import type { ApiContext } from "./context.ts";
import { listItem } from "./present-paper.ts";
import type { TrendingQuery } from "./questions.ts";

export async function trending(
  { discovery, settings, clock }: ApiContext,
  { window, p, limit, community, fresh, mine, fields }: z.output<typeof TrendingQuery>,
): Promise<{ items: z.infer<typeof TrendingSchema>[]; hasMore: boolean }> {
  const nowMs = clock();
  const found = await discovery.trending({
    window,
    dials: readDials({
      ...(community !== undefined && { community }),
      ...(fresh !== undefined && { fresh }),
      ...(mine !== undefined && { mine }),
      ...(fields !== undefined && { fields }),
    }),
    page: p + 1,
    perPage: limit,
    today: editionDateAt(nowMs, settings.editionClock),
    nowMs,
  });
  return {
    items: found.items.map(({ listed, score, reasons }) => ({ item: listItem(listed), score, parts: reasons })),
    hasMore: p * limit + found.items.length < found.total,
  };
}
