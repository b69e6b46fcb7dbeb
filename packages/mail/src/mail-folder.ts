/** Mails that stayed here as `.eml` files, to look at. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

export type MailFolder = {
  /** Newest first. @param limit 1..1000 */
  list(limit: number): Promise<MailFile[]>;
  /** Null for any name that is not one of the files. */
  read(name: string): Promise<Buffer | null>;
};

export type MailFile = { name: string; to: string; subject: string; date: string };

/** What one of our own messages says. */
export type ReadMail = { to: string; subject: string; date: string; text: string; html: string | null };

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,180}\.eml$/;

export function openMailFolder(folder: string): MailFolder {
  const read = async (name: string): Promise<Buffer | null> => {
    if (!NAME.test(name)) return null;
    return readFile(join(folder, name)).catch(() => null);
  };
  return {
    read,
    list: async (limit) => {
      const names = (await readdir(folder).catch(() => [])).filter((name) => NAME.test(name));
      // Names begin with the time.
      const newest = names.sort().reverse().slice(0, limit);
      const files: MailFile[] = [];
      for (const name of newest) {
        const bytes = await read(name);
        if (bytes !== null) {
          const { to, subject, date } = readOwnMail(bytes);
          files.push({ name, to, subject, date });
        }
      }
      return files;
    },
  };
}

/** Reads messages as `createEncoder` writes them: one text part, or a text and an HTML part, quoted-printable. */
export function readOwnMail(bytes: Buffer): ReadMail {
  const mail = splitPart(bytes.toString("latin1"));
  const field = (name: string) => decodeWords(mail.fields.get(name) ?? "");
  const boundary = /boundary="([^"]+)"/.exec(mail.fields.get("content-type") ?? "")?.[1];
  const parts =
    boundary === undefined
      ? [mail]
      : mail.body
          .split(`--${boundary}`)
          .slice(1, -1)
          .map((part) => splitPart(part.replace(/^\r\n/, "")));
  const ofType = (type: string) => parts.find(({ fields }) => fields.get("content-type")?.startsWith(type));
  const html = ofType("text/html");
  const plain = ofType("text/plain");
  return {
    to: field("delivered-to") || field("to"),
    subject: field("subject"),
    date: field("date"),
    text: plain === undefined ? "" : decodeBody(plain),
    html: html === undefined ? null : decodeBody(html),
  };
}

type Part = { fields: Map<string, string>; body: string };

function splitPart(text: string): Part {
  const end = text.indexOf("\r\n\r\n");
  const fields = new Map<string, string>();
  for (const line of text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n")) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).toLowerCase();
    if (name !== "" && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return { fields, body: text.slice(end + 4) };
}

function decodeBody({ fields, body }: Part): string {
  const quoted = fields.get("content-transfer-encoding") === "quoted-printable";
  return Buffer.from(quoted ? decodeQuoted(body.replace(/=\r\n/g, "")) : body, "latin1").toString("utf8");
}

function decodeQuoted(text: string): string {
  return text.replace(/=([0-9A-F]{2})/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** @source RFC 2047: words of a header in other letters; between two of them the space does not count */
function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_all, encoding: string, word: string) =>
      (encoding.toUpperCase() === "B"
        ? Buffer.from(word, "base64")
        : Buffer.from(decodeQuoted(word.replaceAll("_", " ")), "latin1")
      ).toString("utf8"),
    );
}
