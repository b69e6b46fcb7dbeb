/** Every option there is: the only file that reads the environment. `docs/configuration.md` is written from this table. */
import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { invalid } from "@paperwire/domain";
import { parseChannels, parseMailAddress, parseProviderLimits } from "@paperwire/mail";

type Option<T> = {
  /** Name in the environment. */
  key: string;
  /** As a person would write it; empty means none. */
  default: string;
  /** May also be given as `<key>_FILE`, a path whose content is the value. Never logged. */
  secret?: boolean;
  /** One sentence for the operator, with the unit. */
  about: string;
  /** @throws DomainError `invalid` with a sentence that says what is accepted */
  parse: (text: string) => T;
};

const option = <T>(one: Option<T>): Option<T> => one;

const text = (value: string) => value;
/** Words between commas, each once. */
const list = (value: string) => [
  ...new Set(
    value
      .split(",")
      .map((word) => word.trim())
      .filter((word) => word !== ""),
  ),
];
const optionalText = (value: string) => (value === "" ? undefined : value);

function integer(least: number, most: number) {
  return (value: string) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= least && number <= most) return number;
    throw invalid(`a whole number from ${least} to ${most} is wanted`);
  };
}

function oneOf<const T extends string>(...choices: T[]) {
  return (value: string): T => {
    const found = choices.find((choice) => choice === value);
    if (found) return found;
    throw invalid(`one of ${choices.join(", ")} is wanted`);
  };
}

function baseUrl(value: string): string | undefined {
  if (value === "") return undefined;
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) throw invalid("an http(s) address is wanted");
  return value.replace(/\/+$/, "");
}

function timeZone(value: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone;
  } catch (error) {
    throw invalid("an IANA time zone such as America/New_York is wanted", error);
  }
}

/** `21:30` → 1290 minutes. */
function timeOfDay(value: string): number {
  const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(value);
  if (!found) throw invalid("a time of day such as 21:30 is wanted; 00:00 means at midnight");
  return Number(found[1]) * 60 + Number(found[2]);
}

function databaseUrl(value: string): string | undefined {
  if (value === "") return undefined;
  if (/^postgres(?:ql)?:\/\//.test(value)) return value;
  throw invalid("a postgres:// address is wanted");
}

function smtpUrl(value: string): string | undefined {
  if (value === "") return undefined;
  if (URL.canParse(value) && /^smtps?:$/.test(new URL(value).protocol) && new URL(value).hostname !== "") return value;
  throw invalid("an smtp:// or smtps:// address is wanted");
}

function imapUrl(value: string): string | undefined {
  if (value === "") return undefined;
  if (URL.canParse(value) && /^imaps?:$/.test(new URL(value).protocol) && new URL(value).username !== "") return value;
  throw invalid("an imaps:// or imap:// address with user and password is wanted");
}

const SECRET_CHARS_MIN = 16;

function hookSecret(value: string): string | undefined {
  if (value === "") return undefined;
  if (value.length >= SECRET_CHARS_MIN) return value;
  throw invalid(`at least ${SECRET_CHARS_MIN} characters are wanted`);
}

function optionalAddress(value: string): string | undefined {
  return value === "" ? undefined : parseMailAddress(value).address;
}

const SEEDS_MAX = 50;

function addresses(value: string): string[] {
  const list = value.split(",").filter((one) => one.trim() !== "");
  if (list.length > SEEDS_MAX) throw invalid(`at most ${SEEDS_MAX} addresses are wanted`);
  return list.map((one) => parseMailAddress(one).address);
}

/** Lines that begin with # are comments. */
function domainList(path: string): ReadonlySet<string> {
  if (path === "") return new Set();
  try {
    const lines = readFileSync(path, "utf8").split("\n");
    return new Set(
      lines.map((line) => line.trim().toLowerCase()).filter((line) => line !== "" && !line.startsWith("#")),
    );
  } catch (error) {
    throw invalid("the file cannot be read", error);
  }
}

/** `Papers <digest@example.org>` or the address alone. */
function mailbox(value: string): { name?: string; address: string } | undefined {
  if (value === "") return undefined;
  const [, name, address] = /^([^<>"\p{Cc}]*)<([^<>]+)>$/u.exec(value) ?? [];
  if (address === undefined) return { address: parseMailAddress(value).address };
  return { address: parseMailAddress(address).address, ...(name?.trim() ? { name: name.trim() } : {}) };
}

function privateKey(value: string): string | undefined {
  if (value === "") return undefined;
  try {
    // Where the environment takes no line breaks, they are written as \n.
    const key = createPrivateKey(value.replaceAll("\\n", "\n"));
    if (key.asymmetricKeyType === "rsa") return key.export({ type: "pkcs8", format: "pem" }).toString();
  } catch (error) {
    throw invalid("a private RSA key in PEM form is wanted", error);
  }
  throw invalid("a private RSA key is wanted: few mailboxes check other signatures");
}

export const OPTIONS = {
  port: option({ key: "PORT", default: "3000", about: "Port to listen at.", parse: integer(0, 65_535) }),
  host: option({
    key: "HOST",
    default: "127.0.0.1",
    about: "Address to listen at; 0.0.0.0 opens the site to the network.",
    parse: text,
  }),
  baseUrl: option({
    key: "BASE_URL",
    default: "",
    about:
      "Where readers reach the site, such as https://papers.example.org; by default http://localhost and the port.",
    parse: baseUrl,
  }),
  dataFolder: option({
    key: "PAPERWIRE_DATA",
    default: "./data",
    about: "Folder of the embedded database and the search index; made if it is not there.",
    parse: text,
  }),
  databaseUrl: option({
    key: "DATABASE_URL",
    default: "",
    secret: true,
    about: "PostgreSQL 15 or later, postgres://user:password@host/name; without it the embedded database is used.",
    parse: databaseUrl,
  }),
  siteName: option({ key: "SITE_NAME", default: "Paperwire", about: "Name in the masthead.", parse: text }),
  contact: option({
    key: "CONTACT",
    default: "",
    about:
      "Mail or web address of the people who run this instance: on the about page, and told to sources when fetching.",
    parse: optionalText,
  }),
  editionTimeZone: option({
    key: "EDITION_TIME_ZONE",
    default: "America/New_York",
    about: "Time zone in which editions have their dates.",
    parse: timeZone,
  }),
  editionRollOver: option({
    key: "EDITION_ROLL_OVER",
    default: "21:30",
    about: "Local time at which the next day's edition begins; 00:00 means at midnight.",
    parse: timeOfDay,
  }),
  seedEdition: option({
    key: "SEED_EDITION",
    default: "on",
    about: "Whether an empty database starts with the built-in edition: on or off.",
    parse: oneOf("on", "off"),
  }),
  apiRequests: option({
    key: "API_REQUESTS",
    default: "500",
    about: "Requests that one address may make to the API in 5 minutes.",
    parse: integer(1, 1_000_000),
  }),
  submitAgeDays: option({
    key: "SUBMIT_AGE_DAYS",
    default: "14",
    about: "Days after its publication in which readers may put a paper forward; 0 is no limit.",
    parse: integer(0, 36_500),
  }),
  invites: option({
    key: "INVITES",
    default: "off",
    about:
      "Invitation links and their public tree: off, open (anybody may sign up, invited or not) or required (new accounts need one).",
    parse: oneOf("off", "open", "required"),
  }),
  trustedProxies: option({
    key: "TRUSTED_PROXIES",
    default: "0",
    about: "Number of proxies in front of the site whose X-Forwarded-For is believed.",
    parse: integer(0, 10),
  }),
  webSubHub: option({
    key: "WEBSUB_HUB",
    default: "",
    about:
      "Hub that tells readers of the feeds about changes at once (WebSub), such as https://pubsubhubbub.appspot.com/; the site must be reachable from there.",
    parse: baseUrl,
  }),
  logLevel: option({
    key: "LOG_LEVEL",
    default: "info",
    about: "Least level that is logged, as JSON lines on standard error.",
    parse: oneOf("trace", "debug", "info", "warn", "error", "fatal", "silent"),
  }),
  smtpUrl: option({
    key: "SMTP_URL",
    default: "",
    secret: true,
    about:
      "Mail server, smtp://user:password@host:587 or smtps://…; without it mails land as .eml files in the data folder.",
    parse: smtpUrl,
  }),
  digests: option({
    key: "DIGESTS",
    default: "on",
    about: "Whether the running site mails digests by itself, on or off; `paperwire digest send` works either way.",
    parse: oneOf("on", "off"),
  }),
  mailFrom: option({
    key: "MAIL_FROM",
    default: "",
    about: "Sender of all mail, digest@example.org or Papers <digest@example.org>; by default digest@ the site's host.",
    parse: mailbox,
  }),
  mailReplyTo: option({ key: "MAIL_REPLY_TO", default: "", about: "Where answers go.", parse: optionalAddress }),
  mailBounces: option({
    key: "MAIL_BOUNCES",
    default: "",
    about:
      "Address for delivery reports, whose server knows plus-addresses (bounces+x@…); by default they go to the sender.",
    parse: optionalAddress,
  }),
  mailIdentity: option({
    key: "MAIL_IDENTITY",
    default: "",
    about: "Name and postal address of the sender, at the foot of every mail, where law asks for it.",
    parse: optionalText,
  }),
  mailPerMinute: option({
    key: "MAIL_PER_MINUTE",
    default: "600",
    about: "Mails of a digest handed to the mail server in a minute, at most.",
    parse: integer(1, 1_000_000),
  }),
  mailProviders: option({
    key: "MAIL_PROVIDERS",
    default: "",
    about:
      "What single mailbox providers take, as gmail.com=300/5, outlook.com=60/2: mails a minute, and at once; one name stands for all domains of a provider.",
    parse: parseProviderLimits,
  }),
  mailReports: option({
    key: "MAIL_REPORTS",
    default: "",
    secret: true,
    about:
      "Mailbox into which delivery reports and complaints come, imaps://user:password@host/Folder; read every five minutes.",
    parse: imapUrl,
  }),
  mailHookSecret: option({
    key: "MAIL_HOOK_SECRET",
    default: "",
    secret: true,
    about:
      "Lets a mail provider report bounces and complaints at /hooks/mail: the key of its signature, or the password of HTTP Basic.",
    parse: hookSecret,
  }),
  channels: option({
    key: "CHANNELS",
    default: "",
    secret: true,
    about:
      "Where closed editions are told beside mail: a JSON list of webhook, slack, discord, matrix, telegram, mastodon and bluesky channels, as docs/self-hosting.md shows.",
    parse: parseChannels,
  }),
  mailSeeds: option({
    key: "MAIL_SEEDS",
    default: "",
    about: "Addresses of your own, separated by commas, that get every digest as soon as it is composed, to look at.",
    parse: addresses,
  }),
  refusedDomains: option({
    key: "REFUSED_DOMAINS",
    default: "",
    about: "File with one mail domain a line, such as a list of throw-away ones, whose addresses cannot subscribe.",
    parse: domainList,
  }),
  dkimDomain: option({
    key: "DKIM_DOMAIN",
    default: "",
    about: "Domain that signs mail, such as example.org; needs DKIM_KEY. Without it mail is not signed here.",
    parse: optionalText,
  }),
  dkimSelector: option({
    key: "DKIM_SELECTOR",
    default: "paperwire",
    about: "Name under which the public key is published: <selector>._domainkey.<domain>.",
    parse: text,
  }),
  dkimKey: option({
    key: "DKIM_KEY",
    default: "",
    secret: true,
    about: "Private RSA key that signs mail, PEM, best of 2048 bits.",
    parse: privateKey,
  }),
  githubClientId: option({
    key: "GITHUB_CLIENT_ID",
    default: "",
    about: "Lets people sign in with GitHub, with GITHUB_CLIENT_SECRET; callback: <BASE_URL>/auth/callback/github.",
    parse: optionalText,
  }),
  githubClientSecret: option({
    key: "GITHUB_CLIENT_SECRET",
    default: "",
    secret: true,
    about: "Of the OAuth app at GitHub.",
    parse: optionalText,
  }),
  orcidClientId: option({
    key: "ORCID_CLIENT_ID",
    default: "",
    about: "Lets people sign in with ORCID, with ORCID_CLIENT_SECRET; callback: <BASE_URL>/auth/callback/orcid.",
    parse: optionalText,
  }),
  orcidClientSecret: option({
    key: "ORCID_CLIENT_SECRET",
    default: "",
    secret: true,
    about: "Of the client registered at ORCID.",
    parse: optionalText,
  }),
  oidcIssuer: option({
    key: "OIDC_ISSUER",
    default: "",
    about: "Any OpenID Connect issuer, such as a university's sign-on; callback: <BASE_URL>/auth/callback/oidc.",
    parse: baseUrl,
  }),
  oidcName: option({
    key: "OIDC_NAME",
    default: "your organisation",
    about: "What the issuer is called on the button.",
    parse: text,
  }),
  oidcClientId: option({
    key: "OIDC_CLIENT_ID",
    default: "",
    about: "Client id at OIDC_ISSUER, with OIDC_CLIENT_SECRET.",
    parse: optionalText,
  }),
  oidcClientSecret: option({
    key: "OIDC_CLIENT_SECRET",
    default: "",
    secret: true,
    about: "Client secret at OIDC_ISSUER.",
    parse: optionalText,
  }),
  arxivApi: option({
    key: "ARXIV_API",
    default: "https://export.arxiv.org/api/query",
    about: "Address of the arXiv query API, for `paperwire refresh`.",
    parse: (value) => baseUrl(value) ?? "https://export.arxiv.org/api/query",
  }),
  arxivMirror: option({
    key: "ARXIV_MIRROR",
    default: "",
    about:
      "Address of a server with /oai, /rss and /list like arXiv's, for `paperwire harvest`; by default arXiv itself.",
    parse: baseUrl,
  }),
  sourcesMirror: option({
    key: "SOURCES_MIRROR",
    default: "",
    about:
      "Address of a server with /openreview, /openreview-v1, /acl, /preprints, /crossref, /semantic-scholar and /github like theirs; by default each source itself.",
    parse: baseUrl,
  }),
  harvestArxiv: option({
    key: "HARVEST_ARXIV",
    default: "",
    about:
      "Archives and categories of arXiv that the running site follows by itself, such as cs,stat.ML, when they are announced.",
    parse: list,
  }),
  follow: option({
    key: "FOLLOW",
    default: "",
    about:
      "Servers whose daily papers the running site takes over every three hours, such as https://papers.example.org.",
    parse: list,
  }),
  openReviewVenues: option({
    key: "OPENREVIEW_VENUES",
    default: "",
    about: "Venues of OpenReview that are read every night, such as ICLR.cc/2026/Conference.",
    parse: list,
  }),
  aclCollections: option({
    key: "ACL_COLLECTIONS",
    default: "",
    about: "Collections of the ACL Anthology that are read every night, such as 2026.acl,2026.findings.",
    parse: list,
  }),
  preprints: option({
    key: "PREPRINTS",
    default: "",
    about: "Preprint servers that are read every night: biorxiv,medrxiv.",
    parse: list,
  }),
  crossref: option({
    key: "CROSSREF",
    default: "off",
    about: "Whether Crossref is asked weekly which papers with a DOI were retracted: on or off.",
    parse: oneOf("on", "off"),
  }),
  citations: option({
    key: "CITATIONS",
    default: "off",
    about: "Whether Semantic Scholar is asked every night how often papers are cited: on or off.",
    parse: oneOf("on", "off"),
  }),
  semanticScholarKey: option({
    key: "SEMANTIC_SCHOLAR_KEY",
    default: "",
    secret: true,
    about: "Key of Semantic Scholar; without one it answers slowly, and at times not at all.",
    parse: optionalText,
  }),
  linkWatch: option({
    key: "LINK_WATCH",
    default: "off",
    about: "Whether the links that papers name (code, data, models) are looked at weekly: on or off.",
    parse: oneOf("on", "off"),
  }),
  githubToken: option({
    key: "GITHUB_TOKEN",
    default: "",
    secret: true,
    about: "Token of GitHub without any right; with one GitHub answers 5,000 questions an hour, without 60.",
    parse: optionalText,
  }),
  nightAt: option({
    key: "NIGHT_AT",
    default: "03:00",
    about: "Local time (of EDITION_TIME_ZONE) at which nightly work begins.",
    parse: timeOfDay,
  }),
};

export type Config = { [Name in keyof typeof OPTIONS]: ReturnType<(typeof OPTIONS)[Name]["parse"]> };

/**
 * @param environment  as `process.env`
 * @throws DomainError `invalid`: names the option and what it accepts, never the value of a secret
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const entries = Object.entries(OPTIONS).map(([name, one]) => [name, readOption(one, environment)]);
  return Object.fromEntries(entries) as Config;
}

export function configFromEnvironment(): Config {
  return readConfig(process.env);
}

function readOption(one: Option<unknown>, environment: Readonly<Record<string, string | undefined>>): unknown {
  const value = environment[one.key] ?? readSecretFile(one, environment) ?? one.default;
  try {
    return one.parse(value.trim());
  } catch (error) {
    const shown = one.secret ? "" : ` "${value.slice(0, 100)}"`;
    throw invalid(`${one.key}${shown}: ${error instanceof Error ? error.message : "it cannot be read"}.`, error);
  }
}

function readSecretFile(one: Option<unknown>, environment: Readonly<Record<string, string | undefined>>) {
  const path = one.secret ? environment[`${one.key}_FILE`] : undefined;
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw invalid(`${one.key}_FILE: the file ${path} cannot be read.`, error);
  }
}

/** The table of `docs/configuration.md`. */
export function describeOptions(): string {
  const rows = Object.values(OPTIONS).map(
    (one: Option<unknown>) =>
      `| \`${one.key}\` | ${one.default === "" ? "none" : `\`${one.default}\``} | ${one.about}${
        one.secret ? ` A secret; may be given as \`${one.key}_FILE\`.` : ""
      } |`,
  );
  return ["| option | default | meaning |", "|---|---|---|", ...rows].join("\n");
}
