/** A printed name taken apart the way reference managers want it: given, particle, family, suffix, or one literal. */

/** A person, or (`literal`) a team, a company or a name of one word. */
export type PersonName = { family: string; given: string; particle?: string; suffix?: string } | { literal: string };

/** Written small inside a name they belong to the family: "van der Aalst", "de Souza", "e Silva". */
const PARTICLES = new Set(
  "van von vom der den de da do dos das di du del della dello la le el al bin bint ibn ter ten te zu zum zur af av e y i und".split(
    " ",
  ),
);
const SUFFIX = /^(?:jr|sr|ii|iii|iv)\.?$/i;
/** "AI" counts only in capitals: Ai is a name. */
const TEAM =
  /\b(?:team|teams|group|collaboration|consortium|initiative|lab|labs|laboratory|university|institute|foundation|community|project|inc|ltd|llc|corp|corporation|company)\b|^the\s/i;
const TEAM_CAPITALS = /\bAI\b/;

/** Never fails: what cannot be taken apart is a literal. */
export function parsePersonName(text: string): PersonName {
  const name = text.replace(/\s+/g, " ").trim().replace(/^and /, "");
  if (isTeam(name)) return { literal: name };
  const comma = /^([^,]+), ([^,]+)$/.exec(name);
  if (comma && !SUFFIX.test(comma[2]!)) return withParticle({ familyPart: comma[1]!, given: comma[2]! });
  const words = name.replace(/,/g, "").split(" ");
  const suffix = words.length > 2 && SUFFIX.test(words.at(-1)!) ? words.pop() : undefined;
  if (words.length < 2) return { literal: name };
  const at = familyStart(words);
  const parts = withParticle({ familyPart: words.slice(at).join(" "), given: words.slice(0, at).join(" ") });
  return suffix === undefined ? parts : { ...parts, suffix };
}

/** "van Beethoven, Ludwig", or the literal: the order in which names are sorted. */
export function sortName(name: PersonName): string {
  if ("literal" in name) return name.literal;
  const family = name.particle === undefined ? name.family : `${name.particle} ${name.family}`;
  return [family, name.given, name.suffix].filter(Boolean).join(", ");
}

function isTeam(name: string): boolean {
  return TEAM.test(name) || TEAM_CAPITALS.test(name) || /\sand\s|[\d:;()&]/.test(name) || !name.includes(" ");
}

/** The first small particle after the first word and before the last opens the family; else the last word is it. */
function familyStart(words: readonly string[]): number {
  const particle = words.findIndex((word, at) => at > 0 && at < words.length - 1 && PARTICLES.has(word));
  return particle === -1 ? words.length - 1 : particle;
}

function withParticle({ familyPart, given }: { familyPart: string; given: string }) {
  const words = familyPart.split(" ");
  let at = 0;
  while (at < words.length - 1 && PARTICLES.has(words[at]!)) at++;
  const family = words.slice(at).join(" ");
  return at === 0 ? { family, given } : { family, given, particle: words.slice(0, at).join(" ") };
}
