/**
 * Whether a request is a person looking at a page. The rule, in this order: a page asked for by GET; by a browser that does
 * not ask to be left alone (`DNT`, `Sec-GPC`); not ahead of time (`Sec-Purpose`, `Purpose`, `X-Moz`); as the document of a
 * window, where it says so (`Sec-Fetch-Dest`); by a program that calls itself a browser and not a robot.
 */

/** Names that robots give themselves, and browsers without anybody in front of them. */
const ROBOT =
  /bot\b|bot[/;)]|crawl|spider|slurp|headless|lighthouse|preview|monitor|archiv|fetch|scan|index|http|python|curl|wget|java\/|phantom|puppeteer|playwright|selenium/i;
/** Every browser of the last twenty years begins so. */
const BROWSER = /^Mozilla\/5\.0 \(/;
const USER_AGENT_CHARS_MAX = 500;

export function isLook({ method, headers }: Pick<Request, "method" | "headers">): boolean {
  if (method !== "GET") return false;
  if (headers.get("dnt") === "1" || headers.get("sec-gpc") === "1") return false;
  const purpose = headers.get("sec-purpose") ?? headers.get("purpose") ?? headers.get("x-moz") ?? "";
  if (/prefetch|prerender|preview/i.test(purpose)) return false;
  const destination = headers.get("sec-fetch-dest");
  if (destination !== null && destination !== "document") return false;
  const agent = headers.get("user-agent")?.slice(0, USER_AGENT_CHARS_MAX) ?? "";
  return BROWSER.test(agent) && !ROBOT.test(agent);
}
