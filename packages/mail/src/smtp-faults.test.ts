import { readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterEach, describe, expect, it } from "vitest";
import type { MailTransport } from "./message.ts";
import { openSmtpTransport } from "./smtp-transport.ts";
import { testMessage } from "./transport.contract.ts";

const key = readFileSync(new URL("../testdata/self-signed.key", import.meta.url));
const cert = readFileSync(new URL("../testdata/self-signed.crt", import.meta.url));

type Talk = (line: string, say: (reply: string) => void, socket: Socket) => void;

describe("an SMTP server that breaks the rules", () => {
  const open: { server: Server; sockets: Set<Socket> }[] = [];
  const transports: MailTransport[] = [];
  afterEach(async () => {
    for (const transport of transports.splice(0)) await transport.close();
    for (const { server, sockets } of open.splice(0)) {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  /** A server of a few lines; a message's lines are one line to it, its last dot another. */
  const serve = async (talk: Talk, greeting = "220 here") => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      let text = "";
      socket.on("error", () => undefined);
      socket.write(`${greeting}\r\n`);
      socket.on("data", (chunk) => {
        text += chunk.toString("latin1");
        for (let end = text.indexOf("\r\n"); end >= 0; end = text.indexOf("\r\n")) {
          const line = text.slice(0, end);
          text = text.slice(end + 2);
          talk(line, (reply) => socket.write(`${reply}\r\n`), socket);
        }
      });
    });
    open.push({ server, sockets });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const connect = (url: string) => {
    const transport = openSmtpTransport({ url, connections: 1, timeouts: { connectMs: 1_000, idleMs: 500 } });
    transports.push(transport);
    return transport;
  };
  const inOrder =
    (after: (mails: number, say: (reply: string) => void, socket: Socket) => void, mails = { read: 0 }): Talk =>
    (line, say, socket) => {
      const state = socket as Socket & { inData?: boolean };
      if (state.inData && line !== ".") return;
      if (state.inData) {
        state.inData = false;
        after(++mails.read, say, socket);
      } else if (line === "DATA") {
        state.inData = true;
        say("354 go on");
      } else say(line.startsWith("QUIT") ? "221 bye" : "250 ok");
    };

  it("says everything twice: no answer is taken for another mail's", async () => {
    const host = await serve(
      inOrder((mails, say) => say(mails === 1 ? "250 taken\r\n250 taken" : "550 5.7.1 not this one\r\n550 again")),
    );
    const transport = connect(`smtp://${host}`);
    const first = await transport.send(testMessage());
    expect(first.kind).toBe("accepted");
    // The refusal is never hidden behind the first mail's second answer.
    const second = await transport.send(testMessage({ to: "second@example.net" }));
    expect(second.kind).not.toBe("accepted");
  });

  it("hangs up in the middle of a message: nobody can know", async () => {
    const host = await serve((line, say, socket) => {
      if (line === "DATA") say("354 go on");
      else if (line.startsWith("From:")) socket.destroy();
      else if (/^[A-Z]{4}/.test(line)) say("250 ok");
    });
    expect(await connect(`smtp://${host}`).send(testMessage())).toMatchObject({ kind: "unknown" });
  });

  it("greets with nonsense, or says no at once: later", async () => {
    for (const greeting of ["HTTP/1.1 400 Bad Request", "554 no service", "421 too busy"]) {
      const host = await serve(() => undefined, greeting);
      expect(await connect(`smtp://${host}`).send(testMessage())).toMatchObject({ kind: "deferred", scope: "server" });
    }
  });

  it("offers TLS and cannot do it, or with a name that nobody vouches for: nothing is said in the clear", async () => {
    const lines: string[] = [];
    const host = await serve((line, say) => {
      lines.push(line);
      say(line.startsWith("EHLO") ? "250-here\r\n250 STARTTLS" : line === "STARTTLS" ? "220 go on" : "250 ok");
    });
    expect(await connect(`smtp://${host}`).send(testMessage())).toMatchObject({ kind: "deferred", scope: "server" });
    expect(lines.some((line) => line.startsWith("MAIL FROM"))).toBe(false);
    const server = createTlsServer({ key, cert }, (socket) => void socket.write("220 here\r\n"));
    open.push({ server, sockets: new Set() });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const refused = await connect(`smtps://127.0.0.1:${port}`).send(testMessage());
    expect(refused).toMatchObject({ kind: "deferred", scope: "server" });
  });
});
