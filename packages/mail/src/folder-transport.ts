/** Mail that stays here: one `.eml` file per message, which every mail program opens. For trying out, and for tests. */
import { mkdir, open, rename } from "node:fs/promises";
import { join } from "node:path";
import { createEncoder } from "./encode-message.ts";
import { openMailFolder } from "./mail-folder.ts";
import type { DkimKey, MailTransport } from "./message.ts";

/**
 * @param folder  made if it is not there; a file is named by time and message id, so an attempt that is made again
 *   overwrites itself
 */
export function openFolderTransport({ folder, dkim }: { folder: string; dkim?: DkimKey }): MailTransport {
  const encode = createEncoder(dkim);
  return {
    name: `folder ${folder}`,
    folder: openMailFolder(folder),
    send: async (message) => {
      try {
        const { bytes, envelope } = await encode(message);
        await mkdir(folder, { recursive: true });
        const stamp = new Date(message.dateMs).toISOString().replace(/[:.]/g, "-");
        const name = `${stamp}-${message.messageId.replace(/[^A-Za-z0-9.-]+/g, "_").slice(0, 100)}.eml`;
        const head = Buffer.from(`Return-Path: <${envelope.from}>\r\nDelivered-To: ${envelope.to}\r\n`);
        await writeWhole(folder, name, Buffer.concat([head, bytes]));
        return { kind: "accepted", response: name };
      } catch (error) {
        // A full or missing disk may be there again later.
        return { kind: "deferred", reason: error instanceof Error ? error.message : String(error), scope: "server" };
      }
    },
    check: async () => {
      try {
        await mkdir(folder, { recursive: true });
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    close: () => Promise.resolve(),
  };
}

/** Under its name only once it is complete. */
async function writeWhole(folder: string, name: string, bytes: Buffer): Promise<void> {
  const draft = join(folder, `.${name}.part`);
  const file = await open(draft, "w");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, join(folder, name));
}
