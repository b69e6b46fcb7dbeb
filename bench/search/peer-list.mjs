/** Whom we are compared with: how each is run, what it needs, and what a reader of the table must know of it. */

const NOT_TRIED_ABOVE = 150_000;

/**
 * `runtime`: how measured (`node`, `python`, `java`); `packages`: what the bench installs for it;
 * `documentsMax`: larger corpora are skipped unless forced, since they would hold up the run; `note`: for the table.
 */
export const PEERS = [
  { name: "paperwire", runtime: "node", note: "two fields, own analysis and formula; keeps word order for phrases" },
  {
    name: "bm25",
    runtime: "node",
    documentsMax: NOT_TRIED_ABOVE,
    note: "our exhaustive reference in plain JavaScript",
  },
  {
    name: "minisearch",
    runtime: "node",
    packages: { npm: ["minisearch@7.2.0"] },
    documentsMax: NOT_TRIED_ABOVE,
    note: "reference analysis, BM25+",
  },
  {
    name: "orama",
    runtime: "node",
    packages: { npm: ["@orama/orama@3.1.18"] },
    documentsMax: NOT_TRIED_ABOVE,
    note: "reference analysis, BM25 over prefixes",
  },
  {
    name: "flexsearch",
    runtime: "node",
    packages: { npm: ["flexsearch@0.8.212"] },
    documentsMax: NOT_TRIED_ABOVE,
    note: "reference analysis; orders by position, not by BM25",
  },
  {
    name: "lunr",
    runtime: "node",
    packages: { npm: ["lunr@2.3.9"] },
    documentsMax: NOT_TRIED_ABOVE,
    note: "own Porter analysis, BM25",
  },
  { name: "sqlite-fts5", runtime: "node", note: "Porter, stop words out of queries, positions kept, bm25" },
  {
    name: "pglite",
    runtime: "node",
    packages: { npm: ["@electric-sql/pglite@0.5.16"] },
    documentsMax: NOT_TRIED_ABOVE,
    note: "PostgreSQL full text, ts_rank without idf",
  },
  {
    name: "lucene",
    runtime: "java",
    packages: { maven: true },
    note: "Lucene 10.4, MMapDirectory, one segment, no positions",
  },
  {
    name: "tantivy",
    runtime: "python",
    packages: { pip: ["tantivy==0.27.0"] },
    note: "from Python; ids read outside the time",
  },
  { name: "bm25s", runtime: "python", packages: { pip: ["bm25s==0.3.16", "PyStemmer==3.0.0"] }, note: "numpy backend" },
  {
    name: "pisa",
    runtime: "python",
    packages: { pip: ["pyterrier-pisa==0.4.9"] },
    note: "block-max WAND, from Python",
  },
];
