/**
 * The frame level of PostgreSQL's frontend protocol: enough to cut a byte stream into units that end where the server
 * answers "ready", and to greet a client.
 * @source PostgreSQL documentation, chapter "Message Formats"
 */

const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;
const HEADER_BYTES = 5;

/** One unit may carry one batch of papers; more is a mistake or an attack. */
export const MOST_UNIT_BYTES = 64 * 1024 * 1024;

const code = (letter: string) => letter.charCodeAt(0);
const QUERY = code("Q");
const SYNC = code("S");
const TERMINATE = code("X");
const READY = code("Z");

export type Unit =
  | { kind: "encryption-request" }
  | { kind: "startup" }
  | { kind: "cancel" }
  | { kind: "terminate" }
  /** Messages up to and with a Query or Sync, to be answered as one. */
  | { kind: "messages"; bytes: Uint8Array };

/** Collects bytes and gives out whole units; one per client. */
export class UnitReader {
  #pending: Uint8Array = new Uint8Array(0);
  #greeted = false;
  /** Bytes of `#pending` that are whole messages of the unit under way. */
  #scanned = 0;

  /** @throws RangeError  a unit larger than `MOST_UNIT_BYTES`, or a length that cannot be */
  push(chunk: Uint8Array): Unit[] {
    this.#pending = this.#pending.length === 0 ? chunk : concat(this.#pending, chunk);
    const units: Unit[] = [];
    for (let unit = this.#next(); unit; unit = this.#next()) units.push(unit);
    return units;
  }

  #next(): Unit | null {
    return this.#greeted ? this.#nextMessages() : this.#nextGreeting();
  }

  #nextGreeting(): Unit | null {
    if (this.#pending.length < 8) return null;
    const view = viewOf(this.#pending);
    const length = checked(view.getInt32(0));
    if (this.#pending.length < length) return null;
    const protocol = view.getInt32(4);
    this.#take(length);
    if (protocol === SSL_REQUEST || protocol === GSS_REQUEST) return { kind: "encryption-request" };
    if (protocol === CANCEL_REQUEST) return { kind: "cancel" };
    this.#greeted = true;
    return { kind: "startup" };
  }

  #nextMessages(): Unit | null {
    const view = viewOf(this.#pending);
    while (this.#pending.length - this.#scanned >= HEADER_BYTES) {
      const type = this.#pending[this.#scanned];
      const length = checked(view.getInt32(this.#scanned + 1));
      const end = this.#scanned + 1 + length;
      if (end > MOST_UNIT_BYTES) throw new RangeError(`a unit of more than ${MOST_UNIT_BYTES} bytes`);
      if (this.#pending.length < end) return null;
      this.#scanned = end;
      if (type === TERMINATE) {
        this.#take(end);
        return { kind: "terminate" };
      }
      if (type === QUERY || type === SYNC) return { kind: "messages", bytes: this.#take(end) };
    }
    return null;
  }

  #take(length: number): Uint8Array {
    const taken = this.#pending.slice(0, length);
    this.#pending = this.#pending.subarray(length);
    this.#scanned = 0;
    return taken;
  }
}

export type TransactionState = "idle" | "open" | "failed";

/** The state that the last ReadyForQuery of an answer reports; null where the answer does not end in one. */
export function transactionState(answer: Uint8Array): TransactionState | null {
  const at = answer.length - 6;
  if (at < 0 || answer[at] !== READY) return null;
  const letter = String.fromCharCode(answer[answer.length - 1]!);
  return letter === "I" ? "idle" : letter === "T" ? "open" : "failed";
}

/** What a server says to a client that it lets in without a password. */
export function greeting(serverVersion: string): Uint8Array {
  const parameters: Record<string, string> = {
    server_version: serverVersion,
    server_encoding: "UTF8",
    client_encoding: "UTF8",
    DateStyle: "ISO, MDY",
    TimeZone: "UTC",
    integer_datetimes: "on",
    standard_conforming_strings: "on",
  };
  const statuses = Object.entries(parameters).map(([name, value]) => message("S", text(`${name}\0${value}\0`)));
  const authenticated = message("R", new Uint8Array(4));
  const backendKey = message("K", new Uint8Array(8));
  return concat(authenticated, ...statuses, backendKey, message("Z", text("I")));
}

/** An error that ends the connection. */
export function fatal(sqlState: string, reason: string): Uint8Array {
  return message("E", text(`SFATAL\0VFATAL\0C${sqlState}\0M${reason}\0\0`));
}

/** A simple query, for the multiplexer's own use. */
export function simpleQuery(sql: string): Uint8Array {
  return message("Q", text(`${sql}\0`));
}

function message(type: string, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + body.length);
  bytes[0] = code(type);
  viewOf(bytes).setInt32(1, 4 + body.length);
  bytes.set(body, HEADER_BYTES);
  return bytes;
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function checked(length: number): number {
  if (length < 4 || length > MOST_UNIT_BYTES) throw new RangeError(`a message of ${length} bytes`);
  return length;
}

function concat(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
