/**
 * `npm run bench -- trending [--seeds 1,2,3] [--data FOLDER]`: our order beside four others in a site that never was, and
 * what a text promises on real editions. Prints tables; the last line is one JSON object.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { predict, readEditions } from "./predict.mjs";
import { simulate } from "./simulate.mjs";
import { RING_SIZES } from "./world.mjs";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1,2,3" },
    data: { type: "string", default: join(import.meta.dirname, "../../../shared/data") },
  },
});
const seeds = values.seeds.split(",").map(Number);

const runs = [];
for (const seed of seeds) {
  console.error(`Two hundred days under five orders, seed ${seed} …`);
  runs.push(simulate(seed));
}
const names = Object.keys(runs[0]);
const middle = (pick) => {
  const sorted = runs.map(pick).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
};
const simulation = Object.fromEntries(
  names.map((name) => [
    name,
    {
      ndcg30: middle((run) => run[name].ndcg30),
      inEditionNdcg10: middle((run) => run[name].inEditionNdcg10),
      smallFieldShare: middle((run) => run[name].smallFieldShare),
      smallFieldTruth: middle((run) => run[name].smallFieldTruth),
      places: Object.fromEntries(
        RING_SIZES.map((size) => [
          size,
          Object.fromEntries(
            ["lockstep", "patient"].map((manner) => [
              manner,
              {
                median: middle((run) => run[name].places[size][manner].median),
                p90: middle((run) => run[name].places[size][manner].p90),
              },
            ]),
          ),
        ]),
      ),
    },
  ]),
);
simulation.ours.keptVotes = runs[0].ours.keptVotes;

const figure = (value) => (typeof value === "number" ? value.toFixed(3) : "–");
console.log(`Simulation, 200 days, medians of ${seeds.length} seeds`);
console.table(
  names.map((name) => {
    const { ndcg30, inEditionNdcg10, smallFieldShare, smallFieldTruth, places } = simulation[name];
    return {
      order: name,
      "nDCG@30": figure(ndcg30),
      "in edition @10": figure(inEditionNdcg10),
      "small fields": `${figure(smallFieldShare)} of ${figure(smallFieldTruth)}`,
      "ring of 20, lockstep": `${places[20].lockstep.median} (p90 ${places[20].lockstep.p90})`,
      "ring of 20, patient": `${places[20].patient.median} (p90 ${places[20].patient.p90})`,
      "ring of 100": `${places[100].lockstep.median} / ${places[100].patient.median}`,
    };
  }),
);

const editions = readEditions(values.data);
const prediction = editions && predict(editions);
if (prediction) {
  console.log("Real editions, the last fifth, predicted in the morning from what came before");
  console.table(prediction);
}
console.log(JSON.stringify({ seeds, simulation, prediction }));
