/** Finds the Chromium of this machine, and says how to get one where there is none. */
import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** One browser, nothing but our pages: no updates, no sync, no background traffic. */
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The path, or null after saying loudly what is missing. */
export function findChromium(): string | null {
  const found = PLACES.find((path) => existsSync(path));
  if (found) return found;
  console.warn(
    [
      "",
      "!! BROWSER TESTS SKIPPED: no Chromium was found.",
      `!! Looked at ${PLACES.join(", ")}.`,
      "!! On Debian and Ubuntu: apt-get install -y chromium",
      "",
    ].join("\n"),
  );
  return null;
}

export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: FLAGS });
}

/**
 * Collects what scripts of the page failed with. A view transition that the browser gives up, because the next page came
 * before the last was drawn, is no script's failure, though Chromium reports it as one (csswg-drafts issue 13726).
 */
export function listenForErrors(page: Page, report: (error: Error) => void): void {
  page.on("pageerror", (error) => {
    if (!TRANSITION_GIVEN_UP.test(error.message)) report(error);
  });
}

const TRANSITION_GIVEN_UP = /^(?:InvalidStateError: |AbortError: |TimeoutError: )?Transition was (?:aborted|skipped)/;
