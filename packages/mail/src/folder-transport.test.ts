import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openFolderTransport } from "./folder-transport.ts";
import { describeTransport, testMessage } from "./transport.contract.ts";

describeTransport("folder", async (dkim) => {
  const home = await mkdtemp(join(tmpdir(), "paperwire-mail-"));
  const folder = join(home, "mail");
  return {
    transport: openFolderTransport({ folder, dkim }),
    received: async () => {
      const names = (await readdir(folder)).sort();
      const files = await Promise.all(names.map((name) => readFile(join(folder, name))));
      return files.map((bytes) => {
        const found = /^Return-Path: <(.*)>\r\nDelivered-To: (.*)\r\n/.exec(bytes.toString())!;
        return { bytes: bytes.subarray(Buffer.byteLength(found[0])), from: found[1]!, to: found[2]! };
      });
    },
    close: () => rm(home, { recursive: true, force: true }),
  };
});

it("a folder that cannot be written to is tried again later", async () => {
  const home = await mkdtemp(join(tmpdir(), "paperwire-mail-"));
  await writeFile(join(home, "taken"), "");
  const result = await openFolderTransport({ folder: join(home, "taken") }).send(testMessage());
  expect(result).toMatchObject({ kind: "deferred", scope: "server" });
  await rm(home, { recursive: true });
});
