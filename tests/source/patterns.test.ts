/** No pattern of the product may take time that doubles with each letter: a search box reads what strangers type. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { analyse } from "scslre";
import ts from "typescript";
import { expect, it } from "vitest";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const SOURCE = /\.(?:ts|tsx|js|mjs)$/;
const NOT_SOURCE = new Set(["node_modules", "dist", "testdata"]);

type Pattern = { place: string; source: string; flags: string };

it("finds what it looks for", () => {
  expect(isExponential({ place: "", source: String.raw`^(?:\p{Lu}[\p{Lu}\d]*)+s$`, flags: "u" })).toBe(true);
  expect(isExponential({ place: "", source: String.raw`^\p{Lu}[\p{Lu}\d]*s$`, flags: "u" })).toBe(false);
});

it("no regular expression of the packages backtracks exponentially", () => {
  const patterns = filesIn(join(ROOT, "packages")).flatMap(patternsOf);
  expect(patterns.length).toBeGreaterThan(300);
  expect(patterns.filter(isExponential)).toEqual([]);
});

/** @source Super-linear backtracking as `scslre` finds it; what is only polynomial is bounded by the limits on texts. */
function isExponential({ source, flags }: Pattern): boolean {
  return analyse({ source, flags }).reports.some((report) => report.exponential);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (NOT_SOURCE.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return SOURCE.test(entry.name) && !entry.name.includes(".test.") ? [path] : [];
  });
}

function patternsOf(path: string): Pattern[] {
  const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest);
  const found: Pattern[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf("/");
      const line = file.getLineAndCharacterOfPosition(node.pos).line + 1;
      found.push({
        place: `${relative(ROOT, path)}:${line}`,
        source: node.text.slice(1, end),
        flags: node.text.slice(end + 1),
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
