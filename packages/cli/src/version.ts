/** The version of this program, from its own package. */
import { readFileSync } from "node:fs";

const about = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };

export const { version } = about;
