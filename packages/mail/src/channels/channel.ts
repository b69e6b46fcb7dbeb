/** The channels that an operator wrote down: where a closed edition is told beside mail. */

export type ChannelKind = "webhook" | "slack" | "discord" | "matrix" | "telegram" | "mastodon" | "bluesky";

type Common = {
  /** Of the operator's choice; also names it in the outbox, so a channel that is renamed is a new one. */
  name: string;
  cadence: "daily" | "weekly" | "monthly";
  /** Whether its host may be on a private network. */
  private: boolean;
};

export type Channel = Common &
  (
    | { kind: "webhook"; url: string; secret: string }
    /** Mattermost and Rocket.Chat understand it, too. */
    | { kind: "slack"; url: string }
    | { kind: "discord"; url: string }
    | { kind: "matrix"; url: string; room: string; token: string }
    | { kind: "telegram"; url: string; chat: string; token: string }
    | { kind: "mastodon"; url: string; token: string }
    | { kind: "bluesky"; url: string; user: string; token: string }
  );

export type ChannelOf<Kind extends ChannelKind> = Extract<Channel, { kind: Kind }>;

const CHANNELS_MAX = 50;
const FIELDS: Readonly<Record<ChannelKind, readonly string[]>> = {
  webhook: ["url", "secret"],
  slack: ["url"],
  discord: ["url"],
  matrix: ["url", "room", "token"],
  telegram: ["chat", "token"],
  mastodon: ["url", "token"],
  bluesky: ["user", "token"],
};
const DEFAULT_URLS: Partial<Record<ChannelKind, string>> = {
  telegram: "https://api.telegram.org",
  bluesky: "https://bsky.social",
};
const CADENCES = ["daily", "weekly", "monthly"];
const SECRET_CHARS_MIN = 16;

/**
 * @param text  JSON: a list of objects with `kind`, `name`, and what the kind needs
 * @throws RangeError  says which channel lacks what; never a value
 */
export function parseChannels(text: string): Channel[] {
  if (text.trim() === "") return [];
  const list = parseJson(text);
  if (!Array.isArray(list) || list.length > CHANNELS_MAX) {
    throw new RangeError(`a JSON list of at most ${CHANNELS_MAX} channels is wanted`);
  }
  const channels = list.map((entry, index) => readChannel(entry, index + 1));
  const twice = channels.find(({ name }, index) => channels.findIndex((one) => one.name === name) !== index);
  if (twice) throw new RangeError(`two channels are called ${twice.name}`);
  return channels;
}

function readChannel(entry: unknown, place: number): Channel {
  const fields = (typeof entry === "object" && entry !== null ? entry : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof fields[name] === "string" ? (fields[name] as string).trim() : "");
  const kind = text("kind") as ChannelKind;
  if (!Object.hasOwn(FIELDS, kind))
    throw new RangeError(`channel ${place}: its kind is one of ${Object.keys(FIELDS).join(", ")}`);
  const name = text("name");
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(name))
    throw new RangeError(`channel ${place} needs a name of small letters, digits and -, at most 40`);
  const missing = FIELDS[kind].find((field) => text(field) === "");
  if (missing !== undefined) throw new RangeError(`the ${kind} channel ${name} needs "${missing}"`);
  const url = text("url") || DEFAULT_URLS[kind]!;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new RangeError(`the url of channel ${name} is no http(s) address`);
  if (kind === "webhook" && text("secret").length < SECRET_CHARS_MIN)
    throw new RangeError(`the secret of channel ${name} needs at least ${SECRET_CHARS_MIN} characters`);
  const cadence = text("cadence") || "daily";
  if (!CADENCES.includes(cadence))
    throw new RangeError(`the cadence of channel ${name} is one of ${CADENCES.join(", ")}`);
  const own = Object.fromEntries(FIELDS[kind].map((field) => [field, text(field)]));
  return { ...own, kind, name, url, cadence, private: fields["private"] === true } as Channel;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
