/** Asks what stands at a link: the host's own API where there is one, else the page itself. */
import { DomainError, type LinkSight } from "@paperwire/domain";
import { z } from "zod";
import { isInstant, toInstant } from "../clean-facts.ts";
import { optionalString } from "../formats/shape.ts";
import { createPoliteFetcher, type FetcherOptions, type PoliteFetcher } from "../polite/polite-fetcher.ts";
import type { Answer } from "../polite/request.ts";
import { readJson } from "../sources/fetch-json.ts";

export const GITHUB_API = "https://api.github.com";
export const HUB_API = "https://huggingface.co";
export const GITLAB_API = "https://gitlab.com";

const TIMEOUT_MS = 15_000;
/** A repository's description has about 8 KB, a model's up to a megabyte. */
const BODY_BYTES_MAX = 4_194_304;
const LICENSE_CHARS = 60;
/** A host that does not answer is asked again on another day, and keeps nobody waiting. */
const ATTEMPTS_MAX = 2;

export type LinkReport = {
  sight: LinkSight;
  /** Absent where the host says that nothing changed, or where there is nothing there. */
  facts?: { etag?: string; license?: string | null; changedAt?: string | null; isArchived?: boolean; stars?: number };
  reason: string | null;
};

export type LinkDoor = {
  /**
   * @returns never throws for what a host does
   * @throws LimitReached  the host answers no more questions for now; the signal's reason
   */
  look(url: string, known: { etag: string | null }, signal?: AbortSignal): Promise<LinkReport>;
};

/** Whoever asks on gets no answer either: GitHub gives 60 an hour to those without a token. */
export class LimitReached extends Error {
  readonly host: string;

  constructor(host: string) {
    super(`${host} answers no more questions for now`);
    this.host = host;
  }
}

export type LinkDoorOptions = Pick<FetcherOptions, "turns" | "contact" | "resolve" | "stranger"> & {
  /** A secret; goes to GitHub alone. */
  githubToken?: string | undefined;
  githubApi?: string | undefined;
  hubApi?: string | undefined;
  gitlabApi?: string | undefined;
  timeoutMs?: number | undefined;
};

const GONE = [404, 410, 451];
/** GitHub tells of a limit with either. */
const LIMITED = [403, 429];

export function createLinkDoor(options: LinkDoorOptions): LinkDoor {
  const { turns, contact, resolve, stranger = {}, timeoutMs = TIMEOUT_MS } = options;
  const { githubApi = GITHUB_API, hubApi = HUB_API, gitlabApi = GITLAB_API, githubToken } = options;
  const ofHost = (name: string) => createPoliteFetcher({ name, turns, contact, resolve });
  const page = (name: string) => createPoliteFetcher({ name, turns, contact, resolve, stranger });
  const ask: Asking = { timeoutMs, bodyBytesMax: BODY_BYTES_MAX, attemptsMax: ATTEMPTS_MAX };
  return {
    async look(text, { etag }, signal) {
      const url = new URL(text);
      const path = url.pathname.slice(1);
      try {
        if (url.host === "github.com" && /^[\w.-]+\/[\w.-]+$/.test(path)) {
          const headers: Record<string, string> = { "x-github-api-version": "2022-11-28" };
          if (githubToken !== undefined) headers["authorization"] = `Bearer ${githubToken}`;
          return await askGithub(ofHost("GitHub"), `${githubApi}/repos/${path}`, { ...ask, headers, etag, signal });
        }
        if (url.host === "huggingface.co" && /^(?:(?:datasets|spaces)\/)?[\w.-]+\/[\w.-]+$/.test(path)) {
          const folder = /^(?:datasets|spaces)\//.test(path) ? path : `models/${path}`;
          return await askHub(ofHost("Hugging Face"), `${hubApi}/api/${folder}`, { ...ask, signal });
        }
        if (url.host === "gitlab.com" && /^[\w.-]+\/[\w.-]+$/.test(path)) {
          const project = `${gitlabApi}/api/v4/projects/${encodeURIComponent(path)}?license=true`;
          return await askGitlab(ofHost("GitLab"), project, { ...ask, signal });
        }
        return await askPage(page(url.host), url, { ...ask, attemptsMax: 1, signal });
      } catch (error) {
        if (error instanceof DomainError && error.code === "upstream")
          return { sight: "unreachable", reason: error.message };
        throw error;
      }
    },
  };
}

type Asking = {
  timeoutMs: number;
  bodyBytesMax: number;
  attemptsMax: number;
  headers?: Record<string, string>;
  etag?: string | null;
  signal?: AbortSignal | undefined;
};

const missing: LinkReport = { sight: "missing", reason: null };

/** @returns null where the host says that nothing changed */
function fetchFacts<Shape extends z.ZodType>(
  fetcher: PoliteFetcher,
  address: string,
  { etag, ...asking }: Asking,
  { name, shape, report }: { name: string; shape: Shape; report(said: z.output<Shape>, answer: Answer): LinkReport },
): Promise<LinkReport | null> {
  return fetcher.fetch({
    url: new URL(address),
    accept: "application/json",
    ...asking,
    statuses: [...GONE, ...LIMITED, 401],
    unless: { etag: etag ?? undefined },
    read: async (answer) => {
      if (GONE.includes(answer.status)) return missing;
      // A model or a data set that may not be seen is not there for a reader.
      if (answer.status === 401) return missing;
      if (LIMITED.includes(answer.status)) throw new LimitReached(name);
      return report((await readJson(answer, name, shape)).value, answer);
    },
  });
}

/** @source https://docs.github.com/en/rest/repos/repos#get-a-repository */
const githubShape = z.object({
  stargazers_count: z.number().int().min(0),
  size: z.number().min(0),
  pushed_at: optionalString,
  archived: z.boolean().nullish(),
  license: z.object({ spdx_id: optionalString, name: optionalString }).nullish(),
});

async function askGithub(fetcher: PoliteFetcher, address: string, asking: Asking): Promise<LinkReport> {
  const report = await fetchFacts(fetcher, address, asking, {
    name: "GitHub",
    shape: githubShape,
    report: (said, answer) => {
      const etag = answer.header("etag");
      return {
        sight: said.size === 0 ? "empty" : "there",
        reason: null,
        facts: {
          ...(etag === undefined ? {} : { etag }),
          stars: said.stargazers_count,
          license: licenseOf(said.license?.spdx_id === "NOASSERTION" ? said.license.name : said.license?.spdx_id),
          changedAt: instantOf(said.pushed_at),
          isArchived: said.archived ?? false,
        },
      };
    },
  });
  // As it was when it last answered.
  return report ?? { sight: "there", reason: null };
}

/** @source https://huggingface.co/docs/hub/api: GET /api/models/{id}, /api/datasets/{id}, /api/spaces/{id} */
const hubShape = z.object({
  likes: z.number().int().min(0).nullish(),
  lastModified: optionalString,
  cardData: z.object({ license: z.union([z.string(), z.array(z.string())]).nullish() }).nullish(),
  siblings: z.array(z.object({ rfilename: z.string() })).nullish(),
});
/** What every repository begins with. */
const BARE_FILES = new Set([".gitattributes", "README.md"]);

async function askHub(fetcher: PoliteFetcher, address: string, asking: Asking): Promise<LinkReport> {
  const report = await fetchFacts(fetcher, address, asking, {
    name: "Hugging Face",
    shape: hubShape,
    report: ({ likes, lastModified, cardData, siblings }) => {
      const license = cardData?.license;
      const isEmpty = siblings?.every(({ rfilename }) => BARE_FILES.has(rfilename)) ?? false;
      return {
        sight: isEmpty ? "empty" : "there",
        reason: null,
        facts: {
          ...(likes == null ? {} : { stars: likes }),
          license: licenseOf(Array.isArray(license) ? license[0] : license),
          changedAt: instantOf(lastModified),
        },
      };
    },
  });
  return report ?? missing;
}

/** @source https://docs.gitlab.com/api/projects/#get-a-single-project */
const gitlabShape = z.object({
  star_count: z.number().int().min(0).nullish(),
  empty_repo: z.boolean().nullish(),
  archived: z.boolean().nullish(),
  last_activity_at: optionalString,
  license: z.object({ key: optionalString, name: optionalString }).nullish(),
});

async function askGitlab(fetcher: PoliteFetcher, address: string, asking: Asking): Promise<LinkReport> {
  const report = await fetchFacts(fetcher, address, asking, {
    name: "GitLab",
    shape: gitlabShape,
    report: ({ star_count: stars, empty_repo: isEmpty, archived, last_activity_at: at, license }) => ({
      sight: isEmpty ? "empty" : "there",
      reason: null,
      facts: {
        ...(stars == null ? {} : { stars }),
        license: licenseOf(license?.key ?? license?.name),
        changedAt: instantOf(at),
        isArchived: archived ?? false,
      },
    }),
  });
  return report ?? missing;
}

/** Statuses with which a page refuses robots or is asked in the wrong way: it is there. */
const PRESENT = [401, 402, 403, 405, 406, 429];

/** The page is not read: its status says enough. */
async function askPage(fetcher: PoliteFetcher, url: URL, asking: Asking): Promise<LinkReport> {
  const report = await fetcher.fetch<LinkReport>({
    url,
    accept: "text/html, */*;q=0.5",
    ...asking,
    statuses: [...GONE, ...PRESENT],
    read: async ({ status }) => (GONE.includes(status) ? missing : { sight: "there", reason: null }),
  });
  return report ?? { sight: "there", reason: null };
}

const licenseOf = (text: string | null | undefined) => text?.trim().slice(0, LICENSE_CHARS) || null;
const instantOf = (text: string | null | undefined) => (text && isInstant(text) ? toInstant(text) : null);
