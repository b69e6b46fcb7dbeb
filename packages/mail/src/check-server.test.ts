import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { checkServerNames, checkServerTls, type NameLookups } from "./check-server.ts";

const zone: Record<string, string[]> = {
  "mail.example.org": ["203.0.113.5"],
  "two.example.org": ["203.0.113.6"],
  "elsewhere.example.org": ["203.0.113.99"],
  "mute.example.org": ["203.0.113.7"],
};
const names: Record<string, string[]> = {
  "203.0.113.5": ["mail.example.org"],
  "203.0.113.6": ["elsewhere.example.org"],
};
const lookups: NameLookups = {
  addresses: async (name) => zone[name] ?? [],
  names: async (address) => names[address] ?? [],
};

describe("a mail server's names", () => {
  it.each([
    ["smtps://mail.example.org", "good", /lead to each other/],
    ["smtp://203.0.113.5:25", "good", /lead to each other/],
    ["smtp://two.example.org", "bad", /elsewhere\.example\.org, which does not lead back/],
    ["smtp://mute.example.org", "bad", /no PTR/],
    ["smtp://nowhere.example.org", "bad", /no address/],
    ["smtp://127.0.0.1:25", "doubtful", /cannot be told from here/],
  ])("%s: %s", async (url, verdict, text) => {
    expect(await checkServerNames(url, lookups)).toMatchObject({ verdict, text: expect.stringMatching(text) });
  });

  it("are doubtful where nobody answers", async () => {
    const silent = { ...lookups, addresses: () => Promise.reject(new Error("ETIMEOUT")) };
    expect(await checkServerNames("smtp://mail.example.org", silent)).toMatchObject({ verdict: "doubtful" });
  });
});

describe("a mail server's secrecy", () => {
  const asked = async (hello: string) => {
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.write("220-here\r\n220 ready\r\n");
      socket.on("data", (line) => void (String(line).startsWith("EHLO") && socket.write(hello)));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    try {
      return await checkServerTls(`smtp://127.0.0.1:${port}`);
    } finally {
      server.close();
    }
  };

  it("is asked of the server itself", async () => {
    expect(await asked("250-here\r\n250-STARTTLS\r\n250 8BITMIME\r\n")).toMatchObject({ verdict: "good" });
    expect(await asked("250-here\r\n250 8BITMIME\r\n")).toMatchObject({ verdict: "doubtful" });
    expect(await checkServerTls("smtps://mail.example.org")).toMatchObject({ verdict: "good" });
    expect(await checkServerTls("smtp://127.0.0.1:1")).toMatchObject({ verdict: "bad" });
  });
});
