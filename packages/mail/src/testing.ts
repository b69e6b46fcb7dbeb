/** A real SMTP server on loopback, which takes, refuses, stalls or hangs up as a test tells it. */
import type { AddressInfo, Socket } from "node:net";
import { SMTPServer, type SMTPServerSession } from "smtp-server";

export type ReceivedMail = { bytes: Buffer; from: string; to: string };

export type Behaviour = {
  /** An SMTP status to refuse with, or what else to do, per recipient; undefined takes the mail. */
  atRecipient?(address: string): number | undefined;
  /** After the whole message was read: a status, `hang-up` before the answer (taken or not), or `stall`. */
  atEnd?(mail: ReceivedMail): number | "hang-up" | "stall" | undefined;
  atSender?(): number | "hang-up" | undefined;
};

export type SmtpSink = {
  url: string;
  /** Messages whose last dot was read, in that order. */
  mails: ReceivedMail[];
  close(): Promise<void>;
};

export async function startSmtpSink(behaviour: Behaviour = {}): Promise<SmtpSink> {
  const mails: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const refusal = (status: number) => Object.assign(new Error(`told to answer ${status}`), { responseCode: status });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    onMailFrom: (_address, session, done) => {
      const act = behaviour.atSender?.();
      if (act === "hang-up") socketOf(server, session)?.destroy();
      else done(act === undefined ? null : refusal(act));
    },
    onRcptTo: ({ address }, _session, done) => {
      const status = behaviour.atRecipient?.(address);
      done(status === undefined ? null : refusal(status));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        const mail = { bytes: Buffer.concat(chunks), from: mailFrom ? mailFrom.address : "", to: rcptTo[0]!.address };
        mails.push(mail);
        const act = behaviour.atEnd?.(mail);
        if (act === "hang-up") socketOf(server, session)?.destroy();
        else if (act !== "stall") done(act === undefined ? null : refusal(act));
      });
    },
  });
  server.on("error", () => undefined);
  server.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** The server keeps its connections by a session's id, beside their sockets. */
function socketOf(server: SMTPServer, { id }: SMTPServerSession): Socket | undefined {
  type Connection = { session: { id: string } } & Record<"_socket", Socket>;
  const { connections } = server as unknown as { connections: Set<Connection> };
  const [found] = [...connections].filter((connection) => connection.session.id === id);
  return found?.["_socket"];
}
