/** The front page as somebody saved it: banner, a date, then titles and abstracts by turns. */
import type { Format } from "../format.ts";
import { PageReader } from "./adapter.ts";

export const page: Format = {
  name: "page",
  sentence: "plain text: a few banner lines, a date line such as “Mar 28”, then title, blank line, abstract by turns",
  open: (options) => new PageReader(options),
};
