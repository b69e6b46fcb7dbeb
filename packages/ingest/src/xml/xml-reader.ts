/** A stream of XML as open, text and close of elements without their prefixes; no document types, so no entities grow. */
import { DomainError, upstream } from "@paperwire/domain";
import { SaxesParser } from "saxes";

export type XmlHandler = {
  /** @param name without prefix */
  open(name: string, attributes: Record<string, string>): void;
  /** All text of the element itself, in its pieces joined, without that of elements inside it. */
  close(name: string, text: string): void;
  /** Text as it comes, for elements whose text runs through others inside them. */
  text?(text: string): void;
};

export type XmlReader = {
  /** @throws DomainError `upstream`: not XML, or a document type */
  write(text: string): void;
  /** @throws DomainError `upstream`: cut short */
  end(): void;
};

/** Elements inside each other; feeds have fewer than ten. */
const DEPTH_MAX = 100;

/** @param root the name that the outermost element must have, for the sentence that says it has not */
export function createXmlReader(name: string, root: RegExp, handler: XmlHandler): XmlReader {
  const parser = new SaxesParser({ xmlns: false, position: false, fragment: false });
  const texts: string[] = [];
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("doctype", () => {
    throw upstream(`${name}'s answer declares a document type, which no feed does.`);
  });
  parser.on("opentag", (tag) => {
    const local = localName(tag.name);
    if (texts.length === 0 && !root.test(local)) throw upstream(`${name} answers with "${local.slice(0, 40)}".`);
    if (texts.length >= DEPTH_MAX) throw upstream(`${name}'s answer has elements ${DEPTH_MAX} deep.`);
    texts.push("");
    handler.open(local, tag.attributes as Record<string, string>);
  });
  const add = (text: string) => {
    if (texts.length === 0) return;
    texts[texts.length - 1] += text;
    handler.text?.(text);
  };
  parser.on("text", add);
  parser.on("cdata", add);
  parser.on("closetag", (tag) => handler.close(localName(tag.name), texts.pop() ?? ""));
  const guarded = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      if (error instanceof DomainError) throw error;
      throw upstream(`${name}'s answer is damaged or cut short.`, error);
    }
  };
  return { write: (text) => guarded(() => parser.write(text)), end: () => guarded(() => parser.close()) };
}

const localName = (name: string) => name.slice(name.indexOf(":") + 1);
