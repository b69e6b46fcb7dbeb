/** British forms to American ones, so that both are one word; by word families, not by guess. */

const OUR = "behavio colo favo flavo hono humo labo neighbo rumo tumo vapo harbo vigo endeavo armo odo savo rigo".split(
  " ",
);
/** Their plurals follow. */
const FORMS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    centre: "center",
    centred: "centered",
    centring: "centering",
    fibre: "fiber",
    metre: "meter",
    litre: "liter",
    theatre: "theater",
    calibre: "caliber",
    kilometre: "kilometer",
    millimetre: "millimeter",
    catalogue: "catalog",
    analogue: "analog",
    dialogue: "dialog",
    programme: "program",
    defence: "defense",
    licence: "license",
    practise: "practice",
    practised: "practiced",
    practising: "practicing",
    offence: "offense",
    grey: "gray",
    artefact: "artifact",
    sulphur: "sulfur",
    sulphate: "sulfate",
    aluminium: "aluminum",
    mould: "mold",
    judgement: "judgment",
    acknowledgement: "acknowledgment",
    ageing: "aging",
    sceptical: "skeptical",
    sceptic: "skeptic",
    plough: "plow",
    draught: "draft",
    cheque: "check",
    tyre: "tire",
    whilst: "while",
    towards: "toward",
    aeroplane: "airplane",
    manoeuvre: "maneuver",
    speciality: "specialty",
    diarrhoea: "diarrhea",
    foetal: "fetal",
    foetus: "fetus",
    caesarean: "cesarean",
    coeliac: "celiac",
    gynaecology: "gynecology",
    faecal: "fecal",
    faeces: "feces",
  }),
);
/** The first of two letters that America writes as one: anaemia, haemoglobin, paediatric, anaesthetic, oestrogen. */
const SILENT = /a(?=emi)|(?<=^h)a(?=em)|(?<=p)a(?=ed)|(?<=n)a(?=esth)|^o(?=e(?:dema|soph|str))/;
/** Doubled l before an ending: modelling, labelled, traveller. */
const DOUBLED =
  "model label travel cancel channel level signal tunnel fuel dial marshal panel total equal initial".split(" ");
/** Verbs of Greek pattern: -ise, -isation behind a consonant … */
const ISE = /^(.+[bcdfghklmnprtvy])is(e|es|ed|ing|er|ers|ation|ations|able)$/;
/** … except words that end so in America as well. */
const KEEPS_ISE = new Set(
  (
    "prom prec exerc adv dev rev superv surpr compr enterpr comprom conc franch telev improv merchand parad exc inc circumc prem " +
    "chem treat repr appr expert mort pract dem desp advert surm chast upr val"
  ).split(" "),
);
/** One stem for the noun and the verb: analysis, analyses, analyse, analyze. */
const ANALYSE = /^(anal|paral|catal|dial|hydrol)y(?:z(e|ed|es|ing|er|ers)|s(?:is))$/;

/** @param form  a folded word */
export function normalSpelling(form: string): string {
  if (form.length < 4) return form;
  const known = FORMS.get(form);
  if (known !== undefined) return known;
  if (form.includes("ae") || form.startsWith("oe")) {
    const short = form.replace(SILENT, "");
    if (short !== form) return short;
  }
  const one = form.endsWith("s") ? FORMS.get(form.slice(0, -1)) : undefined;
  if (one !== undefined) return `${one}s`;
  if (form.includes("our"))
    for (const base of OUR) if (form.startsWith(`${base}ur`)) return base + form.slice(base.length + 1);
  if (form.includes("ly")) {
    const analyse = ANALYSE.exec(form);
    if (analyse !== null) return `${analyse[1]}ys${analyse[2] ?? "e"}`;
  }
  if (form.includes("ll")) {
    for (const base of DOUBLED) {
      if (form.startsWith(`${base}l`) && /^l(?:ed|ing|er|ers)$/.test(form.slice(base.length)))
        return base + form.slice(base.length + 1);
    }
  }
  if (form.includes("is") && form.length > 6) {
    const verb = ISE.exec(form);
    if (verb !== null && verb[1].length > 2 && !KEEPS_ISE.has(verb[1])) return `${verb[1]}iz${verb[2]}`;
  }
  return form;
}
