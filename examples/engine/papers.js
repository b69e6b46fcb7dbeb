/** Eight papers that nobody wrote. */
export const papers = [
  {
    id: "p1",
    title: "Late interaction with small encoders",
    abstract:
      "Token vectors of a small encoder are compressed to four bits. Late interaction keeps its quality, and the index fits into memory.",
    authors: ["Ada Lund", "Bo Martens"],
    day: 20240105,
    code: true,
  },
  {
    id: "p2",
    title: "Sparse retrieval without an encoder at query time",
    abstract:
      "Impacts of terms are learned once for each document. There is no interaction: a query needs a table of weights.",
    authors: ["Cleo Park"],
    day: 20240210,
    code: true,
  },
  {
    id: "p3",
    title: "A survey of graph neural networks for chemistry",
    abstract: "We order two hundred models of molecules by what they pass along the edges of a graph.",
    authors: ["Dana Orlova", "Ada Lund"],
    day: 20230611,
    code: false,
  },
  {
    id: "p4",
    title: "GPT-4o as a judge of summaries",
    abstract:
      "Judgements of a language model agree with those of people when the question is narrow, and drift when it is not.",
    authors: ["Emil Sato"],
    day: 20240820,
    code: false,
  },
  {
    id: "p5",
    title: "Block-max pruning in plain JavaScript",
    abstract: "Typed arrays are fast enough: most queries over a hundred thousand documents end within a millisecond.",
    authors: ["Bo Martens"],
    day: 20250117,
    code: true,
  },
  {
    id: "p6",
    title: "The $\\ell_0$ norm and sparse recovery",
    abstract:
      "Greedy methods find the support of a sparse signal when the columns of the matrix are nearly orthogonal.",
    authors: ["Farid Gödel"],
    day: 20220303,
    code: false,
  },
  {
    id: "p7",
    title: "Diffusion models for video of weather",
    abstract: "A diffusion model continues radar images by ninety minutes and says how sure it is.",
    authors: ["Gita Rao", "Dana Orlova"],
    day: 20250502,
    code: true,
  },
  {
    id: "p8",
    title: "Crash-safe indexes on ordinary disks",
    abstract: "Checksums, two manifests that take turns, and a test that kills the process a thousand times.",
    authors: ["Hana Weiss"],
    day: 20250914,
    code: true,
  },
];
