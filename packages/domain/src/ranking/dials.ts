/** What a reader may turn: three dials and a list of fields, written in the address. */
import { topicKey } from "../keys.ts";

export type Dials = {
  /** 0 only what the text promises … 100 only what the community says. */
  community: number;
  /** 0 proven … 100 fresh. */
  fresh: number;
  /** 0 everything … 100 my fields first. */
  mine: number;
  /** Categories and topics, as `topicKey` gives them. */
  fields: readonly string[];
};

export const DEFAULT_DIALS: Dials = { community: 50, fresh: 50, mine: 0, fields: [] };
/** Where fields are named and nothing is said of the dial. */
const MINE_WITH_FIELDS = 50;
const FIELDS_MAX = 20;
const FIELD_CHARS = 60;

export type DialForm = { community?: string; fresh?: string; mine?: string; fields?: string };

/** Lenient: what cannot be read stays at its default, as no address should fail. */
export function readDials({ community, fresh, mine, fields = "" }: DialForm): Dials {
  const list = [
    ...new Set(
      fields
        .slice(0, 4_000)
        .split(/[,;\n]/)
        .map(topicKey),
    ),
  ]
    .filter((field) => field !== "" && field.length <= FIELD_CHARS)
    .slice(0, FIELDS_MAX);
  return {
    community: dial(community, DEFAULT_DIALS.community),
    fresh: dial(fresh, DEFAULT_DIALS.fresh),
    mine: list.length === 0 ? 0 : dial(mine, MINE_WITH_FIELDS),
    fields: list,
  };
}

/** Only what differs from the defaults, so that equal orders have equal addresses. */
export function formatDials({ community, fresh, mine, fields }: Dials): DialForm {
  return {
    ...(community !== DEFAULT_DIALS.community && { community: String(community) }),
    ...(fresh !== DEFAULT_DIALS.fresh && { fresh: String(fresh) }),
    ...(fields.length > 0 && { fields: fields.join(",") }),
    ...(fields.length > 0 && mine !== MINE_WITH_FIELDS && { mine: String(mine) }),
  };
}

function dial(text: string | undefined, or: number): number {
  if (text === undefined || !/^\d{1,3}$/.test(text.trim())) return or;
  return Math.min(100, Number(text));
}

/** The dials as the numbers that scoring multiplies with. */
export type Weights = {
  community: number;
  text: number;
  fields: number;
  /** In editions. */
  halfLife: number;
  /** Of the uncertainty: above 0 a paper about which little is known gets its chance, below 0 it has to wait. */
  chance: number;
};

/** In the middle of the dial: after four editions a paper must do twice as well to hold its place. */
const HALF_LIFE = 4;
/** At either end of the dial the half-life is four times as short or long. */
const HALF_LIFE_SPAN = 4;
/**
 * In the middle of the dial a paper is shown half a standard deviation above what is known of it, so that what nobody saw is
 * looked at once; without it the lists stay with those that came first, and most papers of a busy field are never seen.
 * @source upper confidence bounds: Auer, Cesa-Bianchi & Fischer, Machine Learning 47 (2002); width chosen in the simulation
 */
const CHANCE_MIDDLE = 0.5;
const CHANCE_SPAN = 0.75;
/** My fields at 100 come first: worth as much as doing 64 times as well as usual. */
const FIELDS_MOST = Math.log(64);

export function weightsOf({ community, fresh, mine }: Dials): Weights {
  const lean = (fresh - 50) / 50;
  return {
    community: community / 50,
    text: (100 - community) / 50,
    fields: (mine / 100) * FIELDS_MOST,
    halfLife: HALF_LIFE * HALF_LIFE_SPAN ** -lean,
    chance: CHANCE_MIDDLE + CHANCE_SPAN * lean,
  };
}
