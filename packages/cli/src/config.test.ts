import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { describeOptions, readConfig } from "./config.ts";

describe("the configuration", () => {
  it("starts with nothing set", () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      dataFolder: "./data",
      databaseUrl: undefined,
      baseUrl: undefined,
      editionTimeZone: "America/New_York",
      editionRollOver: 21 * 60 + 30,
      seedEdition: "on",
    });
  });

  it("reads what is set", () => {
    const config = readConfig({ PORT: "8080", BASE_URL: "https://papers.example.org/", EDITION_ROLL_OVER: "00:00" });
    expect(config).toMatchObject({ port: 8080, baseUrl: "https://papers.example.org", editionRollOver: 0 });
  });

  it("names the option and what it accepts", () => {
    expect(() => readConfig({ PORT: "80a" })).toThrow('PORT "80a": a whole number from 0 to 65535 is wanted.');
    expect(() => readConfig({ EDITION_TIME_ZONE: "Mars/Base" })).toThrow(/EDITION_TIME_ZONE "Mars\/Base": an IANA/);
    expect(() => readConfig({ LOG_LEVEL: "loud" })).toThrow(/one of trace, debug/);
    expect(() => readConfig({ BASE_URL: "ftp://x" })).toThrow(/http\(s\)/);
  });

  it("reads who sends mail and who signs it, and takes no half truths", () => {
    expect(readConfig({}).mailFrom).toBeUndefined();
    expect(readConfig({ MAIL_FROM: "Papers <Digest@Example.org>" }).mailFrom).toEqual({
      name: "Papers",
      address: "Digest@example.org",
    });
    expect(() => readConfig({ MAIL_FROM: "Papers" })).toThrow(/MAIL_FROM/);
    expect(() => readConfig({ SMTP_URL: "http://user:hunter2@host" })).toThrow(/^SMTP_URL: an smtp/);
    const pem = (key: KeyObject) => key.export({ type: "pkcs8", format: "pem" }).toString();
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
    expect(readConfig({ DKIM_KEY: pem(privateKey).replaceAll("\n", "\\n") }).dkimKey).toBe(pem(privateKey));
    expect(() => readConfig({ DKIM_KEY: pem(generateKeyPairSync("ed25519").privateKey) })).toThrow(/RSA/);
    expect(() => readConfig({ DKIM_KEY: "hunter2" })).toThrow(/^((?!hunter2).)*$/);
  });

  it("never shows a secret, and reads it from a file", async () => {
    expect(() => readConfig({ DATABASE_URL: "mysql://user:hunter2@host" })).toThrow(/^((?!hunter2).)*$/);
    const folder = await mkdtemp(join(tmpdir(), "paperwire-config-"));
    await writeFile(join(folder, "url"), "postgres://user:secret@host/name\n");
    expect(readConfig({ DATABASE_URL_FILE: join(folder, "url") }).databaseUrl).toBe("postgres://user:secret@host/name");
    await rm(folder, { recursive: true });
  });

  it("is documented as it is", async () => {
    const page = await readFile(new URL("../../../docs/configuration.md", import.meta.url), "utf8");
    expect(page).toContain(describeOptions());
  });
});
