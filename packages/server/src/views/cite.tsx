/** How to cite a paper, in the three forms that reference managers read. */
import type { Paper } from "@paperwire/domain";
import { toBibtex, toCslJson, toRis } from "@paperwire/formats";

export type Citation = {
  name: string;
  /** After the paper's address, with its dot. */
  suffix: ".bib" | ".ris" | ".csl.json";
  type: string;
  text: string;
};

export function citationsOf(paper: Paper): Citation[] {
  return [
    { name: "BibTeX", suffix: ".bib", type: "application/x-bibtex; charset=utf-8", text: toBibtex(paper) },
    { name: "RIS", suffix: ".ris", type: "application/x-research-info-systems; charset=utf-8", text: toRis(paper) },
    {
      name: "CSL-JSON",
      suffix: ".csl.json",
      type: "application/vnd.citationstyles.csl+json; charset=utf-8",
      text: `${JSON.stringify(toCslJson(paper), null, 2)}\n`,
    },
  ];
}

/** Folds of one name: opening one closes the others, without a script. */
export function Cite({ path, citations }: { path: string; citations: readonly Citation[] }) {
  return (
    <section class="cite" id="cite">
      <h2>Cite</h2>
      {citations.map(({ name, suffix, text }, at) => (
        <details name="cite" open={at === 0}>
          <summary>{name}</summary>
          <pre tabIndex={0} data-copy={name}>
            <code>{text.trimEnd()}</code>
          </pre>
          <p class="credit">
            <a href={path + suffix} download>
              Download {suffix}
            </a>
          </p>
        </details>
      ))}
    </section>
  );
}
