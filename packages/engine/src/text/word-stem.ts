/**
 * The stem of a word of scientific English. The stemmer knows endings, not words: it throws "transformer" and "transform"
 * together, "indices" and "indicate". Where a subject is at stake, it is told here.
 */
import { normalSpelling } from "./spelling.ts";
import { stem } from "./stem.ts";

/**
 * Families that would share a stem with words that mean something else: "conformal" prediction and the "conformation" of a
 * protein. The first word names the family. Found among the words of 143,000 papers that fall together and yet stand in
 * the same abstract hardly more often than by chance (Xu & Croft, TOIS 1998, measure related forms so), and chosen by hand.
 */
const APART = `
  adapter adapters adaptor adaptors, additive additives, affective, affinity affinities, alternative alternatives,
  appearance appearances, building buildings, collective collectively, competence competent competency,
  conformal conformally, conformation conformations conformational, continual continually,
  conversation conversations conversational conversationally, critic critics, customer customers,
  derivative derivatives, developer developers, differential differentially differentials, embedding embeddings,
  emergency emergencies, experience experiences experienced, extensive extensively, formation formations,
  generalize generalizes generalized generalizing generalization generalizations generalizable generalizability,
  index indices, initialize initializes initialized initializing initialization initializations, integral integrals,
  integrity, intensive intensively, localize localizes localized localizing localization localizations,
  marginal marginals marginally, meaning meanings, mechanism mechanisms, multiplicative,
  normalize normalizes normalized normalizing normalization normalizations, numerous, objective objectives,
  observer observers, operator operators, positive positives positively positivity, presentation presentations,
  proposal proposals, provenance, rating ratings, reasonable reasonably, reflectance, relative relatively,
  representative representatives, setting settings, several, specification specifications, subjective subjectively,
  successive successively, transformer transformers, utility utilities, variational, vertex vertices`;

const OWN_STEMS: ReadonlyMap<string, string> = new Map(
  APART.split(",").flatMap((family) => {
    const forms = family.trim().split(/\s+/);
    return forms.map((form) => [form, forms[0]] as const);
  }),
);

/** @param form  a folded word; one that is not a–z and apostrophes comes back as it is */
export function wordStem(form: string): string {
  const american = normalSpelling(form);
  return OWN_STEMS.get(american) ?? stem(american);
}
