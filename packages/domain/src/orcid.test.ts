import { expect, it } from "vitest";
import { parseOrcid } from "./orcid.ts";

it.each([
  ["0000-0002-1825-0097", "0000-0002-1825-0097"],
  ["https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"],
  ["http://orcid.org/000000021694233x/", "0000-0002-1694-233X"],
  ["0000-0002-1825-0098", null],
  ["0000-0002-1825-009", null],
  ["https://example.org/0000-0002-1825-0097", null],
  ["", null],
])("%j is the ORCID %j", (text, orcid) => expect(parseOrcid(text)).toBe(orcid));
