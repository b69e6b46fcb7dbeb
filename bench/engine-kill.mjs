/**
 * Kills a writing index at random moments and looks at what is left: `node bench/engine-kill.mjs [--rounds 1000] [--seed 1]`.
 * After each kill the index is opened: no acknowledged batch may be missing, every word must find exactly its document,
 * and nothing may be reported as damaged. Needs `npm run build` first.
 */
import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const engine = new URL("../packages/engine/dist/node/index.js", import.meta.url).href;
const data = new URL("../packages/engine/src/node/testdata/", import.meta.url);
const { openIndex } = await import(engine);
const { KILL_SCHEMA, survivors } = await import(new URL("kill-batches.mjs", data).href);

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const rounds = option("rounds", 1000);
let state = option("seed", 1);
const random = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};

/** Start-up takes about 150 ms; a round writes for at most this long. */
const WRITE_MS_MAX = 250;
/** The folder starts anew after so many rounds, so that early states are killed too. */
const ROUNDS_PER_FOLDER = 25;

function runAndKill(folder) {
  return new Promise((resolve) => {
    const child = fork(new URL("kill-writer.mjs", data), [folder, engine]);
    let acknowledged = 0;
    const kill = () => child.kill("SIGKILL");
    child.once("message", () => setTimeout(kill, random() * WRITE_MS_MAX));
    child.on("message", (revision) => {
      acknowledged = revision;
    });
    child.on("exit", () => resolve(acknowledged));
  });
}

let folder = "";
const result = { rounds: 0, lostAcknowledged: 0, wrongAnswers: 0, reportedDamage: 0, openMsMax: 0 };
for (let round = 0; round < rounds; round += 1) {
  if (round % ROUNDS_PER_FOLDER === 0) {
    if (folder !== "") rmSync(folder, { recursive: true, force: true });
    folder = mkdtempSync(join(tmpdir(), "paperwire-kill-"));
  }
  const acknowledged = await runAndKill(folder);
  const started = performance.now();
  const index = await openIndex({ folder, schema: KILL_SCHEMA });
  result.openMsMax = Math.max(result.openMsMax, Math.round(performance.now() - started));
  result.rounds += 1;
  if (index.revision < acknowledged) result.lostAcknowledged += 1;
  if (index.damaged !== null) result.reportedDamage += 1;
  const expected = survivors(index.revision);
  let isWrong = index.size !== expected.size;
  for (const [id, word] of expected) {
    const { hits } = index.search(`+${word}`);
    if (hits.length !== 1 || hits[0].id !== id) isWrong = true;
  }
  if (isWrong) result.wrongAnswers += 1;
  await index.close();
}
rmSync(folder, { recursive: true, force: true });
console.log(JSON.stringify(result));
process.exitCode = result.lostAcknowledged + result.wrongAnswers + result.reportedDamage === 0 ? 0 : 1;
