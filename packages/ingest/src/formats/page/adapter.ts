/** The captured page, line by line → records: a title, then its abstract, in the order of the page. */
import { type EditionDate, type IncomingRecord, titleKey } from "@paperwire/domain";
import { asOfDay } from "../../as-of.ts";
import { cleanAbstract, cleanText, cleanTitle, withoutGaps } from "../../clean-facts.ts";
import { quote, Refusal, Unreadable } from "../../refusal.ts";
import type { ReadingOptions, ReadRecord, RecordReader } from "../format.ts";
import { ABSTRACT_CHARS_MIN, type DateLine, dateOf, latestWeekday, linksIn, parseDateLine } from "./shape.ts";

/** Lines with text that may stand before the date: the page's own banner has four. */
const BANNER_LINES_MAX = 50;

export const NO_DATE_LINE = "no line such as “Mar 28” was found near the beginning";

type Title = { line: number; title: string };

export class PageReader implements RecordReader {
  readonly #options: ReadingOptions;
  readonly #notes: string[] = [];
  #edition: EditionDate | null = null;
  #bannerLines = 0;
  #position = 0;
  #title: Title | null = null;
  /** The title was refused; its abstract is passed over with it. */
  #skipAbstract = false;

  constructor(options: ReadingOptions) {
    this.#options = options;
  }

  read(text: string, line: number): ReadRecord | null {
    const said = cleanText(text);
    if (said === "") return null;
    const date = this.#title || this.#skipAbstract ? null : parseDateLine(said);
    if (date) this.#begin(date);
    else if (this.#edition === null) this.#passBanner();
    else if (this.#skipAbstract && said.length >= ABSTRACT_CHARS_MIN) this.#skipAbstract = false;
    else if (this.#title === null) this.#takeTitle(said, line);
    else return this.#finish(said, line, this.#title, this.#edition);
    return null;
  }

  end(): void {
    if (this.#edition === null) throw new Unreadable(NO_DATE_LINE);
    if (this.#title) throw this.#withoutAbstract(this.#title);
  }

  notes(): string[] {
    return this.#notes;
  }

  #passBanner(): void {
    if (++this.#bannerLines > BANNER_LINES_MAX) throw new Unreadable(NO_DATE_LINE);
  }

  /** The first date line is what `--date` speaks of; a further one on the same page goes back from there. */
  #begin(said: DateLine): void {
    const before = this.#edition;
    const given = before === null ? this.#options.date : undefined;
    const stated = given ?? dateOf(said);
    const concluded = said.year === null ? latestWeekday(said, before ?? this.#options.today) : null;
    const edition = stated ?? concluded;
    if (!edition) throw new Unreadable("its date line names a day that no calendar has");
    this.#edition = edition;
    this.#position = 0;
    if (!stated) this.#notes.push(`The page names no year: ${edition} is the latest weekday with that day and month.`);
  }

  #takeTitle(said: string, line: number): void {
    this.#skipAbstract = false;
    try {
      this.#title = { line, title: titleWithKey(said) };
    } catch (error) {
      this.#skipAbstract = true;
      throw error;
    }
  }

  #finish(said: string, line: number, { line: titleLine, title }: Title, edition: EditionDate): ReadRecord {
    if (said.length < ABSTRACT_CHARS_MIN) {
      const refusal = this.#withoutAbstract({ line: titleLine, title });
      this.#title = { line, title: titleWithKey(said) };
      throw refusal;
    }
    this.#title = null;
    this.#position++;
    const record: IncomingRecord = {
      identifiers: [],
      facts: withoutGaps({ title, abstract: cleanAbstract(said), links: linksIn(said) }),
      entry: { edition, position: this.#position },
      asOf: asOfDay(edition, "page"),
    };
    return { line: titleLine, record };
  }

  #withoutAbstract({ line, title }: Title): Refusal {
    this.#title = null;
    return new Refusal(`No abstract follows the title ${quote(title)}.`, line);
  }
}

/** A page names its papers by title only, so the title must hold something to be found by. */
function titleWithKey(said: string): string {
  const title = cleanTitle(said);
  if (titleKey(title) === "") throw new Refusal(`The title ${quote(title)} holds no letter and no digit.`);
  return title;
}
