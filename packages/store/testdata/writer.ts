/** A process for the tests: opens the folder, takes in one paper after the other, says each that was acknowledged. */
import { openStore } from "../src/open-store.ts";

const [folder = "", whenInUse = "refuse", first = "0"] = process.argv.slice(2);
const store = await openStore({
  location: { kind: "embedded", folder, whenInUse: whenInUse as "refuse" | "join" },
  clock: () => 0,
}).catch((error: Error) => {
  console.log(`refused: ${error.message}`);
  process.exit(3);
});
for (let n = Number(first); ; n++) {
  const value = `2501.${String(n).padStart(5, "0")}`;
  await store.papers.takeIn([{ identifiers: [{ scheme: "arxiv", value }], facts: { title: `Paper ${n}` } }]);
  console.log(value);
}
