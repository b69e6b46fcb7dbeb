/** Figures of one peer from its raw times and answers, and the table and the closing line of JSON. */
import { readFileSync } from "node:fs";
import { summariseLatency } from "@paperwire/engine/eval";

const TOP = 10;

/** One row of figures, from the raw times of every round. */
export function summarise({ peer, documents, result, truth, queries }) {
  const kinds = readFileSync(queries.file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t")[0]);
  const times = medianTimes(result.rounds);
  const { meanMs, p50Ms, p99Ms } = summariseLatency(times);
  const meanMsByKind = {};
  for (const kind of new Set(kinds)) {
    meanMsByKind[kind] = round(summariseLatency(times.filter((_, at) => kinds[at] === kind)).meanMs);
  }
  return {
    system: peer.name,
    documents: documents.count,
    data: documents.data,
    buildDocsPerSecond: Math.round(documents.count / result.buildSeconds),
    bytesOnDiskPerDocument: Math.round(result.bytesOnDisk / documents.count) || null,
    rssMb: Math.round(result.rssBytes / 2 ** 20),
    peakRssMb: Math.round(result.peakRssBytes / 2 ** 20),
    meanMs: round(meanMs),
    p50Ms: round(p50Ms),
    p99Ms: round(p99Ms),
    p99OfRoundsMs: round(median(result.rounds.map((round) => summariseLatency(round).p99Ms))),
    agreement: round(agreement(result.answers, truth)),
    meanMsByKind,
    queries: result.answers.length,
    rounds: result.rounds.length,
    note: peer.note,
  };
}

/**
 * Share of the top ten that exhaustive BM25 has, too, averaged over the queries; where fewer than ten documents match,
 * share of those. A document that ties with the tenth counts.
 */
function agreement(answers, truth) {
  let sum = 0;
  let counted = 0;
  answers.forEach((ids, at) => {
    if (truth[at].length === 0) return;
    const best = new Set(truth[at]);
    const wanted = Math.min(TOP, best.size);
    sum += Math.min(wanted, ids.slice(0, TOP).filter((id) => best.has(id)).length) / wanted;
    counted += 1;
  });
  return counted === 0 ? 0 : sum / counted;
}

export function printReport({ rows: measured, missing, machine }) {
  const rows = measured.map((row) => ({ ...row, meanToOurs: ratioToOurs(row, measured) }));
  for (const count of new Set(rows.map((row) => row.documents))) {
    const sameSize = rows.filter((row) => row.documents === count);
    console.log(`\n${count} documents (${sameSize[0].data}), ${sameSize[0].queries} queries, top ${TOP}, one thread`);
    console.table(
      sameSize
        .toSorted((a, b) => a.meanMs - b.meanMs)
        .map((row) => ({
          system: row.system,
          "docs/s": row.buildDocsPerSecond,
          "B/doc disk": row.bytesOnDiskPerDocument ?? "–",
          "RSS MB": row.rssMb,
          "mean ms": row.meanMs,
          "p50 ms": row.p50Ms,
          "p99 ms": row.p99Ms,
          "mean / ours": row.meanToOurs ?? "–",
          agreement: row.agreement,
          queries: row.queries,
          note: row.note,
        })),
    );
  }
  for (const { system, documents, reason } of missing) {
    console.log(`not measured: ${system}${documents ? ` at ${documents}` : ""}: ${reason}`);
  }
  console.log(JSON.stringify({ rows, missing, machine }));
}

/** Each query's time is its median over the rounds: what the machine did beside falls out, what the query costs stays. */
function medianTimes(rounds) {
  return rounds[0].map((_, at) => median(rounds.map((times) => times[at])));
}

/** Above 1: slower than ours. Null where ours was not measured at that size. */
function ratioToOurs(row, rows) {
  const ours = rows.find((other) => other.system === "paperwire" && other.documents === row.documents);
  return ours ? Number((row.meanMs / ours.meanMs).toPrecision(3)) : null;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function round(value) {
  return Number(value.toPrecision(4));
}
