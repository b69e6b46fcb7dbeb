/**
 * `npm run bench -- trending [--seeds 101-110] [--names ours,votes] [--data FOLDER]`: our order beside four others in a site that never
 * was, and what a text promises on real editions. Settings were chosen on seeds 1 to 5; what is reported comes from others.
 * Prints tables; the last line is one JSON object.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { interval, mean } from "./measures.mjs";
import { predict, readEditions } from "./predict.mjs";
import { NAMES, simulate } from "./simulate.mjs";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "101-110" },
    names: { type: "string", default: NAMES.join(",") },
    data: { type: "string", default: join(import.meta.dirname, "../../../shared/data") },
  },
});
const names = values.names.split(",");
const seeds = values.seeds.split(",").flatMap((part) => {
  const [first, last = first] = part.split("-").map(Number);
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
});

const runs = [];
for (const seed of seeds) {
  console.error(`Two hundred days under ${names.length} orders, seed ${seed} …`);
  runs.push(simulate(seed, names));
}

const over = (pick) => {
  const of = runs.map(pick);
  return { mean: mean(of), interval: interval(of) };
};
const simulation = Object.fromEntries(
  names.map((name) => [
    name,
    {
      ndcg30: over((run) => run[name].ndcg30),
      inEditionNdcg10: over((run) => run[name].inEditionNdcg10),
      smallFieldShare: over((run) => run[name].smallFieldShare),
      smallFieldTruth: over((run) => run[name].smallFieldTruth),
      smallFieldBias: over((run) => run[name].smallFieldShare - run[name].smallFieldTruth),
      smallFieldOff: over((run) => run[name].smallFieldOff),
      places: Object.fromEntries(
        Object.keys(runs[0][name].places).map((ring) => [
          ring,
          {
            median: over((run) => run[name].places[ring].median).mean,
            p90: over((run) => run[name].places[ring].p90).mean,
            within: over((run) => run[name].places[ring].within),
          },
        ]),
      ),
    },
  ]),
);
if (simulation.ours) {
  simulation.ours.keptVotes = Object.fromEntries(
    Object.keys(runs[0].ours.keptVotes).map((kind) => [kind, over((run) => run.ours.keptVotes[kind])]),
  );
}

// Week for week in the same worlds: of each seed the difference is taken first, so what all orders find hard cancels out.
const beside = (name) => over((run) => run.ours.smallFieldOff - run[name].smallFieldOff);
const paired = simulation.ours
  ? Object.fromEntries(names.filter((name) => name !== "ours").map((name) => [name, beside(name)]))
  : {};

const figure = ({ mean: value, interval: half }) => `${value.toFixed(3)} ± ${half.toFixed(3)}`;
const percent = (value) => `${Math.round(value * 100)} %`;
console.log(`Simulation, 200 days, means of ${seeds.length} seeds with 95 % intervals`);
console.table(
  names.map((name) => ({
    order: name,
    "nDCG@30": figure(simulation[name].ndcg30),
    "in edition @10": figure(simulation[name].inEditionNdcg10),
    "small fields": figure(simulation[name].smallFieldShare),
    bias: figure(simulation[name].smallFieldBias),
    off: figure(simulation[name].smallFieldOff),
  })),
);
if (Object.keys(paired).length > 0) {
  console.log(
    "Ours less the others: how much further off the share of small fields is, seed by seed; below 0 ours is nearer",
  );
  console.table(Object.entries(paired).map(([name, off]) => ({ order: name, off: figure(off) })));
}
console.log("Rings: plots that move the paper by two places or less; median and 90th percentile of the places bought");
console.table(
  Object.keys(simulation[names[0]].places).map((ring) => ({
    ring,
    ...Object.fromEntries(
      names.map((name) => {
        const { within, median, p90 } = simulation[name].places[ring];
        return [name, `${percent(within.mean)} (${median.toFixed(0)}, ${p90.toFixed(0)})`];
      }),
    ),
  })),
);

const editions = readEditions(values.data);
const prediction = editions && predict(editions);
if (prediction) {
  console.log("Real editions, the last fifth, predicted in the morning from what came before");
  console.table(prediction);
}
console.log(JSON.stringify({ seeds, simulation, paired, prediction }));
