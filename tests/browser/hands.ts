/** A reader who has a keyboard and nothing else: walks from one stop to the next, and looks where the focus is. */
/// <reference lib="dom" />
import type { Locator, Page } from "playwright-core";

/** Stops on a page, at most; who needs more is in a trap. */
const STOPS_MAX = 250;
/** Skip link, wordmark, search: every page has these, and more. */
const STOPS_MIN = 5;
/** @source WCAG 2.2, 2.4.13: as thick as a 2 px line */
const RING_PX = 2;

type Stop = {
  name: string;
  /** Nothing has the focus, or the page itself. */
  outside: boolean;
  ring: boolean;
  inSight: boolean;
  /** Whether it stands behind the stop before, as it is read. */
  behind: boolean;
};

export class Hands {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Tab until it has the focus. @throws where the focus is lost, cannot be seen, jumps back, or never gets there */
  async to(goal: Locator): Promise<void> {
    const passed: string[] = [];
    await goal.waitFor();
    for (let stops = 0; stops < STOPS_MAX; stops++) {
      await this.press("Tab");
      const stop = await this.page.evaluate(lookAtFocus, RING_PX);
      passed.push(stop.name);
      // Behind the last stop the browser's own bars follow, and then the page from its top.
      if (stop.outside) continue;
      if (!stop.ring || !stop.inSight) throw new Error(`the focus cannot be seen: ${JSON.stringify(stop)}`);
      if (await goal.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    }
    throw new Error(`Tab never gets to ${String(goal)}; it went: ${passed.slice(0, 60).join(" | ")}`);
  }

  /** To a link, button or fold, and into it. */
  async into(goal: Locator, key: "Enter" | "Space" = "Enter"): Promise<void> {
    await this.to(goal);
    await this.press(key);
  }

  /**
   * Through the whole page once: every stop can be seen and stands behind the one before, and the way ends.
   * @returns names of the stops
   */
  async walk(): Promise<string[]> {
    await this.page.evaluate(startFromTop);
    const names: string[] = [];
    const wrong: string[] = [];
    for (let stops = 0; stops < STOPS_MAX; stops++) {
      await this.press("Tab");
      const stop = await this.page.evaluate(lookAtFocus, RING_PX);
      if (stop.outside || (!stop.behind && names.length > 0 && stop.name === names[0])) {
        if (names.length < STOPS_MIN) wrong.push(`only ${names.length} stops`);
        if (wrong.length > 0) throw new Error(`${this.page.url()}: ${wrong.join("; ")}`);
        return names;
      }
      names.push(stop.name);
      if (!stop.ring) wrong.push(`no ring: ${stop.name}`);
      if (!stop.inSight) wrong.push(`out of sight: ${stop.name}`);
      if (!stop.behind) wrong.push(`jumps back: ${stop.name}`);
    }
    throw new Error(`a trap at ${this.page.url()}: ${names.slice(-5).join(" | ")}`);
  }
}

/** Runs in the page: as if it had just been read. */
function startFromTop(): void {
  delete (globalThis as unknown as { lastStop?: Node }).lastStop;
  scrollTo(0, 0);
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
}

/** Runs in the page. */
function lookAtFocus(ringPx: number): Stop {
  const memory = globalThis as unknown as { lastStop?: Node };
  const element = document.activeElement;
  if (element === null || element === document.body || element === document.documentElement) {
    delete memory.lastStop;
    return { name: "(outside)", outside: true, ring: true, inSight: true, behind: true };
  }
  const last = memory.lastStop;
  const behind = !last?.isConnected || (last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  memory.lastStop = element;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  const ring = (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= ringPx) || boxShadow !== "none";
  const { top, bottom, left, right, width, height } = element.getBoundingClientRect();
  const inSight = width > 0 && height > 0 && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
  const text = element.getAttribute("aria-label") ?? (element.textContent || element.getAttribute("name") || "");
  const name = `${element.tagName.toLowerCase()} ${text.trim().replace(/\s+/g, " ").slice(0, 50)}`;
  return { name, outside: false, ring, inSight, behind };
}
