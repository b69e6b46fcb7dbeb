/** A collection of the ACL Anthology: volumes, and papers with a little markup in their titles and abstracts. */
import { createXmlReader } from "../../xml/xml-reader.ts";

/** @source the schema in acl-org/acl-anthology, data/xml/schema.rnc */
export type AclPaper = {
  /** `2024.acl-long.1` */
  id: string;
  title: string;
  abstract: string;
  authors: string[];
  doi: string;
  /** Of the volume. */
  booktitle: string;
  year: string;
  month: string;
  ingestDate: string;
  takenBack: { how: "retracted" | "removed"; on: string; why: string } | null;
};

export type AclReader = { write(text: string): void; end(): AclPaper[] };

/** Papers of one collection; the largest has about 4,000. */
const PAPERS_MAX = 50_000;

type Person = { first: string; last: string };

export function createAclReader(name: string): AclReader {
  const reader = new CollectionReader();
  const xml = createXmlReader(name, /^collection$/, {
    open: (element, attributes) => reader.open(element, attributes),
    text: (text) => reader.text(text),
    close: (element, text) => reader.close(element, text),
  });
  return {
    write: (text) => xml.write(text),
    end: () => {
      xml.end();
      return reader.papers;
    },
  };
}

class CollectionReader {
  readonly papers: AclPaper[] = [];
  #collection = "";
  #volume = { id: "", ingestDate: "", booktitle: "", year: "", month: "" };
  #isMeta = false;
  #paper: AclPaper | null = null;
  #person: Person | null = null;
  /** Title, abstract or book title while it is open: its text runs through the elements inside it. */
  #run: { element: string; text: string } | null = null;

  open(element: string, attributes: Record<string, string>): void {
    if (element === "collection") this.#collection = attributes.id ?? "";
    else if (element === "volume") {
      this.#volume = {
        id: attributes.id ?? "",
        ingestDate: attributes["ingest-date"] ?? "",
        booktitle: "",
        year: "",
        month: "",
      };
    } else if (element === "meta") this.#isMeta = true;
    else if (element === "paper") this.#paper = this.#begin(attributes);
    else if (element === "author") this.#person = { first: "", last: "" };
    else if (/^(?:title|abstract|booktitle)$/.test(element) && !this.#run) this.#run = { element, text: "" };
    else if (element === "tex-math" && this.#run) this.#run.text += "$";
    else if ((element === "retracted" || element === "removed") && this.#paper) {
      this.#paper.takenBack = { how: element, on: attributes.date ?? "", why: "" };
    }
  }

  text(text: string): void {
    if (this.#run) this.#run.text += text;
  }

  close(element: string, text: string): void {
    if (element === "tex-math" && this.#run) this.#run.text += "$";
    else if (this.#run?.element === element) this.#endRun(this.#run);
    else if (element === "meta") this.#isMeta = false;
    else if (this.#isMeta && (element === "year" || element === "month")) this.#volume[element] = text.trim();
    else if (this.#person) this.#closeInPerson(this.#person, element, text);
    else if (this.#paper) this.#closeInPaper(this.#paper, element, text);
  }

  #begin({ id = "" }: Record<string, string>): AclPaper {
    const { booktitle, year, month, ingestDate } = this.#volume;
    const own = `${this.#collection}-${this.#volume.id}.${id}`;
    return {
      id: own,
      title: "",
      abstract: "",
      authors: [],
      doi: "",
      booktitle,
      year,
      month,
      ingestDate,
      takenBack: null,
    };
  }

  #endRun({ element, text }: { element: string; text: string }): void {
    this.#run = null;
    if (element === "booktitle" && this.#isMeta) this.#volume.booktitle = text;
    else if (this.#paper && element !== "booktitle") this.#paper[element as "title" | "abstract"] ||= text;
  }

  #closeInPerson(person: Person, element: string, text: string): void {
    if (element === "first" || element === "last") person[element] ||= text.trim();
    if (element !== "author") return;
    this.#person = null;
    this.#paper?.authors.push(`${person.first} ${person.last}`.trim());
  }

  #closeInPaper(paper: AclPaper, element: string, text: string): void {
    // Its own name, also in volumes that are numbered in the old way (P18-1001).
    if (element === "url" && !/[:/]/.test(text)) paper.id = text.trim();
    else if (element === "doi") paper.doi = text.trim();
    else if (element === "year" || element === "month") paper[element] = text.trim();
    else if (paper.takenBack && element === paper.takenBack.how) paper.takenBack.why = text.trim();
    else if (element === "paper") {
      this.#paper = null;
      if (this.papers.length < PAPERS_MAX) this.papers.push(paper);
    }
  }
}
