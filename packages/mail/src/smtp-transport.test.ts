import { type AddressInfo, createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { MailTransport } from "./message.ts";
import { openSmtpTransport } from "./smtp-transport.ts";
import { type Behaviour, type SmtpSink, startSmtpSink } from "./testing.ts";
import { describeTransport, testMessage } from "./transport.contract.ts";

describeTransport("SMTP", async (dkim) => {
  const sink = await startSmtpSink();
  const transport = openSmtpTransport({ url: sink.url, dkim });
  return {
    transport,
    received: async () => sink.mails,
    close: async () => {
      await transport.close();
      await sink.close();
    },
  };
});

describe("an SMTP server's answer", () => {
  let sink: SmtpSink | undefined;
  let transport: MailTransport | undefined;
  afterEach(async () => {
    await transport?.close();
    await sink?.close();
  });

  const send = async (behaviour: Behaviour, to = "reader@example.net") => {
    sink = await startSmtpSink(behaviour);
    transport = openSmtpTransport({ url: sink.url, timeouts: { connectMs: 2_000, idleMs: 300 } });
    return transport.send(testMessage({ to }));
  };

  it.each([
    [{ atRecipient: () => 550 }, { kind: "refused" }],
    [{ atRecipient: () => 450 }, { kind: "deferred", scope: "recipient" }],
    [{ atRecipient: () => 421 }, { kind: "deferred", scope: "server" }],
    [{ atSender: () => 451 }, { kind: "deferred", scope: "server" }],
    // A sender that is refused for good is the operator's to mend; no reader's address is given up for it.
    [{ atSender: () => 550 }, { kind: "deferred", scope: "server" }],
    [{ atEnd: () => 554 }, { kind: "refused" }],
    [{ atEnd: () => 452 }, { kind: "deferred" }],
    [{ atSender: () => "hang-up" }, { kind: "deferred", scope: "server" }],
    // The whole message was there, and no answer came: nobody can know.
    [{ atEnd: () => "hang-up" }, { kind: "unknown" }],
    [{ atEnd: () => "stall" }, { kind: "unknown" }],
  ] as [Behaviour, object][])("%o means %j", async (behaviour, result) => {
    expect(await send(behaviour)).toMatchObject(result);
  });

  it("is waited for once: the library does not send again by itself", async () => {
    await send({ atEnd: () => "hang-up" });
    await send({});
    expect(sink!.mails).toHaveLength(1);
  });

  it("may not come at all: then it is tried later", async () => {
    const gone = await startSmtpSink();
    await gone.close();
    transport = openSmtpTransport({ url: gone.url });
    expect(await transport.send(testMessage())).toMatchObject({ kind: "deferred", scope: "server" });
    expect(await transport.check()).toMatch(/ECONNREFUSED/);
    expect(openSmtpTransport({ url: "smtp://user:hunter2@mail.example.org:587" }).name).toBe(
      "smtp://mail.example.org:587",
    );
  });

  it("goes on after a refused message on the same connection", async () => {
    sink = await startSmtpSink({ atRecipient: (address) => (address.startsWith("bad") ? 550 : undefined) });
    transport = openSmtpTransport({ url: sink.url, connections: 1 });
    const results = await Promise.all(
      ["a@x.example", "bad@x.example", "b@x.example"].map((to) => transport!.send(testMessage({ to }))),
    );
    expect(results.map((one) => one.kind)).toEqual(["accepted", "refused", "accepted"]);
    expect(sink.mails.map((mail) => mail.to)).toEqual(["a@x.example", "b@x.example"]);
  });

  it("gets international addresses in the form that it knows", async () => {
    expect(await send({}, "jürgen@xn--mller-kva.example")).toMatchObject({ kind: "accepted" });
    // The sink decodes the domain for show.
    expect(sink!.mails[0]!.to).toBe("jürgen@müller.example");
  });

  it("is asked about a quoted address in its quotes", async () => {
    const said: string[] = [];
    const server = createServer((socket) => {
      socket.on("error", () => undefined).write("220 ready\r\n");
      socket.on("data", (line) => {
        said.push(String(line).trim());
        socket.write(/^(?:EHLO|MAIL|RSET)/.test(String(line)) ? "250 ok\r\n" : "550 no such reader\r\n");
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    transport = openSmtpTransport({ url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}` });
    expect(await transport.send(testMessage({ to: '"two words, one"@example.net' }))).toMatchObject({
      kind: "refused",
    });
    expect(said).toContain('RCPT TO:<"two words, one"@example.net>');
    server.close();
  });
});
