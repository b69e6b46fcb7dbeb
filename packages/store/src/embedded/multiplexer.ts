/**
 * Many clients on the one session that PGlite has. Units of different clients take turns; a client that has opened a
 * transaction keeps the session until it ends. Session settings, temporary tables and named statements would leak from
 * client to client, so nobody here uses them.
 */
import { fatal, greeting, simpleQuery, type TransactionState, transactionState, UnitReader } from "./wire.ts";

/** Waiting units over all clients; a client that sends more is cut off, since a well-behaved one waits for answers. */
const MOST_WAITING = 1_000;
/** A client that opens a transaction and falls silent would hold up everybody else. */
const IDLE_IN_TRANSACTION_MS = 30_000;

/** The session: takes a unit, gives the server's whole answer. */
export type Session = (unit: Uint8Array) => Promise<Uint8Array>;

export type Client = {
  send(bytes: Uint8Array): void;
  end(): void;
};

export type Connection = {
  receive(bytes: Uint8Array): void;
  closed(): void;
};

export type MultiplexerOptions = {
  session: Session;
  serverVersion: string;
  /** Makes what was committed survive a power cut; answers wait for it, several at a time. */
  flush: () => Promise<void>;
};

type Waiting = { from: Peer; unit: Uint8Array };
type Peer = { client: Client; reader: UnitReader; gone: boolean };

export class Multiplexer {
  readonly #options: MultiplexerOptions;
  #waiting: Waiting[] = [];
  #owner: Peer | null = null;
  #ownerSilence: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;

  constructor(options: MultiplexerOptions) {
    this.#options = options;
  }

  connect(client: Client): Connection {
    const peer: Peer = { client, reader: new UnitReader(), gone: false };
    return {
      receive: (bytes) => this.#receive(peer, bytes),
      closed: () => this.#leave(peer),
    };
  }

  /** Resolves once nothing runs and nothing waits that could run. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  #receive(peer: Peer, bytes: Uint8Array): void {
    if (peer.gone) return;
    try {
      for (const unit of peer.reader.push(bytes)) {
        if (unit.kind === "encryption-request") peer.client.send(new TextEncoder().encode("N"));
        else if (unit.kind === "startup") peer.client.send(greeting(this.#options.serverVersion));
        else if (unit.kind === "messages") this.#enqueue(peer, unit.bytes);
        else this.#dismiss(peer);
      }
    } catch (error) {
      peer.client.send(fatal("08P01", error instanceof Error ? error.message : "broken protocol"));
      this.#dismiss(peer);
    }
  }

  #enqueue(peer: Peer, unit: Uint8Array): void {
    if (this.#waiting.length >= MOST_WAITING) throw new RangeError("too many statements are waiting");
    this.#waiting.push({ from: peer, unit });
    this.#wake();
  }

  #dismiss(peer: Peer): void {
    this.#leave(peer);
    peer.client.end();
  }

  /** What a client left waiting is dropped: it was never acknowledged. */
  #leave(peer: Peer): void {
    if (peer.gone) return;
    peer.gone = true;
    this.#waiting = this.#waiting.filter((waiting) => waiting.from !== peer);
    if (this.#owner === peer) this.#waiting.unshift({ from: peer, unit: simpleQuery("rollback") });
    this.#wake();
  }

  #wake(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      if (this.#nextIndex() >= 0) this.#wake();
    });
  }

  async #run(): Promise<void> {
    while (this.#nextIndex() >= 0) {
      const answers: { to: Peer; bytes: Uint8Array }[] = [];
      let committed = false;
      for (let index = this.#nextIndex(); index >= 0 && answers.length < MOST_WAITING; index = this.#nextIndex()) {
        const [{ from, unit }] = this.#waiting.splice(index, 1) as [Waiting];
        const bytes = await this.#answer(unit);
        const state = transactionState(bytes) ?? "idle";
        this.#setOwner(from, state);
        committed ||= state === "idle" && mayHaveWritten(bytes);
        answers.push({ to: from, bytes });
        // Inside a transaction nobody else can run; let its client go on at once.
        if (state !== "idle") break;
      }
      if (committed) await this.#options.flush();
      for (const { to, bytes } of answers) if (!to.gone) to.client.send(bytes);
    }
  }

  async #answer(unit: Uint8Array): Promise<Uint8Array> {
    try {
      return await this.#options.session(unit);
    } catch (error) {
      // The session itself broke (memory, disk): say so to this client; the process decides what follows.
      return fatal("58000", error instanceof Error ? error.message : "the embedded database failed");
    }
  }

  #setOwner(peer: Peer, state: TransactionState): void {
    if (this.#ownerSilence) clearTimeout(this.#ownerSilence);
    this.#owner = state === "idle" ? null : peer;
    if (!this.#owner) return;
    this.#ownerSilence = setTimeout(() => {
      peer.client.send(fatal("25P03", "the transaction was idle for too long and was rolled back"));
      this.#dismiss(peer);
    }, IDLE_IN_TRANSACTION_MS);
    this.#ownerSilence.unref();
  }

  #nextIndex(): number {
    if (!this.#owner) return this.#waiting.length > 0 ? 0 : -1;
    return this.#waiting.findIndex((waiting) => waiting.from === this.#owner);
  }
}

/** Reads the command tags of an answer: anything but a pure read may have changed the disk. */
function mayHaveWritten(answer: Uint8Array): boolean {
  const view = new DataView(answer.buffer, answer.byteOffset, answer.byteLength);
  for (let at = 0; at + 5 <= answer.length; at += 1 + view.getInt32(at + 1)) {
    if (answer[at] !== COMMAND_COMPLETE) continue;
    const tag = String.fromCharCode(...answer.subarray(at + 5, at + 11));
    if (!READS.some((read) => tag.startsWith(read))) return true;
  }
  return false;
}

const COMMAND_COMPLETE = "C".charCodeAt(0);
const READS = ["SELECT", "SHOW", "BEGIN", "SET", "ROLLBA", "FETCH", "CLOSE", "DECLAR"];
