/** What every page of a story is held against: axe in both schemes and both widths, and whether it fits a phone. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";

const AXE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
/** The first sees all there is; what a narrow page or another scheme can break is looked at again. */
const VIEWS = [
  { width: 1280, height: 900, colorScheme: "light", rules: null },
  { width: 1280, height: 900, colorScheme: "dark", rules: ["color-contrast", "link-in-text-block"] },
  {
    width: 390,
    height: 844,
    colorScheme: "dark",
    rules: ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"],
  },
  { width: 390, height: 844, colorScheme: "light", rules: ["color-contrast", "link-in-text-block"] },
] as const;

/** Takes a page as it stands now, also one that was the answer to a form, and one in a browser without scripts. */
export type Checker = (page: Page, name: string) => Promise<void>;

/**
 * Axe finds nothing, of whatever weight, in light and dark, on a phone and on a desk. It runs in a twin of the page, since
 * it needs scripts itself.
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
    for (const { width, height, colorScheme, rules } of VIEWS) {
      const at = `${width} px, ${colorScheme}`;
      await twin.setViewportSize({ width, height });
      await twin.emulateMedia({ colorScheme });
      for (const line of await twin.evaluate(violations, rules)) found.push(`${at}: ${line}`);
      const beyond = await twin.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
      if (beyond > 0) found.push(`${at}: ${beyond} px too wide`);
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
