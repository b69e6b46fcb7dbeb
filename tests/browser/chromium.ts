/** Finds the Chromium of this machine, and says how to get one where there is none. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

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
