/** The part of citation-js 0.8.2 that the round-trip tests use; it ships no types. */
declare module "@citation-js/core" {
  export class Cite {
    constructor(data: string);
    data: Record<string, unknown>[];
  }
}
declare module "@citation-js/plugin-bibtex" {}
declare module "@citation-js/plugin-ris" {}
declare module "@citation-js/plugin-csl" {}
