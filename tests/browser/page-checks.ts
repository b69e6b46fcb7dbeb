/** What every page of a story is held against: axe in both schemes and both widths, and whether it fits a phone. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";

const AXE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const WIDTHS = [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
];

/** Takes a page as it stands now, also one that was the answer to a form, and one in a browser without scripts. */
export type Checker = (page: Page, name: string) => Promise<void>;

/**
 * Axe finds nothing, of whatever weight, in light and dark, on a phone and on a desk. It runs in a twin of the page, since
 * it needs scripts itself; what a scheme cannot change is looked at once per width.
 */
export async function openChecker(browser: Browser): Promise<Checker> {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const twin = await context.newPage();
  let html = "";
  await twin.route(
    (url) => url.searchParams.has("twin"),
    (route) => route.fulfill({ body: html, contentType: "text/html; charset=utf-8" }),
  );
  return async (page, name) => {
    html = (await page.content()).replace(/<script[^>]*>(?:[^<]*<\/script>)?/g, "");
    await twin.goto(new URL("?twin", page.url()).href, { waitUntil: "load" });
    await twin.evaluate(AXE);
    const found: string[] = [];
    for (const viewport of WIDTHS) {
      await twin.setViewportSize(viewport);
      for (const colorScheme of ["light", "dark"] as const) {
        await twin.emulateMedia({ colorScheme });
        const rules = colorScheme === "light" ? null : ["color-contrast", "link-in-text-block"];
        for (const line of await twin.evaluate(violations, rules)) {
          found.push(`${viewport.width} px, ${colorScheme}: ${line}`);
        }
      }
      const beyond = await twin.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
      if (beyond > 0) found.push(`${viewport.width} px: ${beyond} px too wide`);
    }
    expect({ page: name, found }).toEqual({ page: name, found: [] });
  };
}

type Axe = {
  run(
    options: object,
  ): Promise<{ violations: { id: string; nodes: { html: string; any: { message: string }[] }[] }[] }>;
};

async function violations(rules: readonly string[] | null): Promise<string[]> {
  const { axe } = globalThis as unknown as { axe: Axe };
  const only = rules && { runOnly: { type: "rule", values: rules } };
  const { violations } = await axe.run({ resultTypes: ["violations"], elementRef: false, ...only });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 200)} (${any[0]?.message ?? ""})`),
  );
}
