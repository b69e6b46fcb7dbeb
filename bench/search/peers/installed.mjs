/** Loads a package that the bench installed into its cache folder: peers are never dependencies of the project. */
import { createRequire } from "node:module";
import { join } from "node:path";

/** @param {{cache: string}} config cache: the bench's folder outside git */
export function loadInstalled(config, name) {
  return createRequire(join(config.cache, "npm", "package.json"))(name);
}
