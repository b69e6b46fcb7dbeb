/** British forms to American ones, so that both are one word; by word families, not by guess. */

const OUR = "behavio colo favo flavo hono humo labo neighbo rumo tumo vapo harbo vigo endeavo armo odo savo rigo".split(
  " ",
);
const RE: Readonly<Record<string, string>> = {
  centre: "center",
  centres: "centers",
  centred: "centered",
  centring: "centering",
  fibre: "fiber",
  fibres: "fibers",
  metre: "meter",
  metres: "meters",
  litre: "liter",
  litres: "liters",
  theatre: "theater",
  calibre: "caliber",
  kilometre: "kilometer",
  kilometres: "kilometers",
  millimetre: "millimeter",
  millimetres: "millimeters",
  catalogue: "catalog",
  catalogues: "catalogs",
  analogue: "analog",
  analogues: "analogs",
  dialogue: "dialog",
  dialogues: "dialogs",
  programme: "program",
  programmes: "programs",
  defence: "defense",
  defences: "defenses",
  licence: "license",
  offence: "offense",
  grey: "gray",
  artefact: "artifact",
  artefacts: "artifacts",
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
  tyres: "tires",
  whilst: "while",
  towards: "toward",
  aeroplane: "airplane",
  aeroplanes: "airplanes",
  manoeuvre: "maneuver",
  manoeuvres: "maneuvers",
  speciality: "specialty",
  diarrhoea: "diarrhea",
  foetal: "fetal",
  foetus: "fetus",
  oestrogen: "estrogen",
  oestrogens: "estrogens",
  oesophagus: "esophagus",
  oesophageal: "esophageal",
  paediatric: "pediatric",
  orthopaedic: "orthopedic",
  anaesthesia: "anesthesia",
  anaesthetic: "anesthetic",
  anaemia: "anemia",
  anaemic: "anemic",
  leukaemia: "leukemia",
  leukaemic: "leukemic",
  ischaemia: "ischemia",
  ischaemic: "ischemic",
  haemoglobin: "hemoglobin",
  haemorrhage: "hemorrhage",
  hypoglycaemia: "hypoglycemia",
  hyperglycaemia: "hyperglycemia",
  glycaemic: "glycemic",
  caesarean: "cesarean",
  oedema: "edema",
  coeliac: "celiac",
  haematopoietic: "hematopoietic",
  haematological: "hematological",
  gynaecology: "gynecology",
  faecal: "fecal",
  faeces: "feces",
  septicaemia: "septicemia",
  bacteraemia: "bacteremia",
};
/** Doubled l before an ending: modelling, labelled, traveller. */
const DOUBLED =
  "model label travel cancel channel level signal tunnel fuel dial marshal panel total equal initial".split(" ");
const ISE = new RegExp(
  "^(.*(?:[aeiou]|[b-df-hj-np-tv-z])(?:al|ar|at|er|en|il|im|in|iv|ol|om|on|or|os|ot|is|it|et|ul|ym|yn|th|ic|id|od|os|og|ag|eg|ect))(?:is)(e|es|ed|ing|er|ers|ation|ations|able)$",
);
const KEEPS_ISE =
  /^(?:prom|prec|pract|conc|rev|superv|exerc|telev|compr|adv|dev|ra|surpr|disgu|enterpr|franch|comprom|expert|parad|chem|prem|treat|no|po|pra|appr|merchand|improv|adverti?|otherw|likew|bru|cru|dem|desp|inc|exc|circumc|advert|concis|anis|tortois|porpois|turquois)/;
const ANALYSE = /^(anal|paral|catal|dial|hydrol)ys(e|ed|ing|er|ers)$/;

/** @param form  a folded word */
export function normalSpelling(form: string): string {
  if (form.length < 4) return form;
  const known = RE[form];
  if (known !== undefined && Object.hasOwn(RE, form)) return known;
  if (form.includes("our"))
    for (const base of OUR) if (form.startsWith(`${base}ur`)) return base + form.slice(base.length + 1);
  if (form.includes("ys")) {
    const analyse = ANALYSE.exec(form);
    if (analyse !== null) return `${analyse[1]}yz${analyse[2]}`;
  }
  if (form.includes("ll")) {
    for (const base of DOUBLED) {
      if (form.startsWith(`${base}l`) && /^l(?:ed|ing|er|ers)$/.test(form.slice(base.length)))
        return base + form.slice(base.length + 1);
    }
  }
  if (form.includes("is") && form.length > 6) {
    const verb = ISE.exec(form);
    if (verb !== null && !KEEPS_ISE.test(form)) return `${verb[1]}iz${verb[2]}`;
  }
  return form;
}
