/** A byte stream over a message port, in the shape that `pg` expects of a socket. */
import { Duplex } from "node:stream";
import type { MessagePort } from "node:worker_threads";

export class PortStream extends Duplex {
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.on("message", (bytes: Uint8Array) => this.push(bytes));
    port.on("close", () => this.push(null));
  }

  /** `pg` waits for the event before it greets the server. */
  connect(): this {
    setImmediate(() => this.emit("connect"));
    return this;
  }

  override _read(): void {
    // The port pushes; a client never has more than the answer to one unit on its way.
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: () => void): void {
    this.#port.postMessage(new Uint8Array(chunk));
    done();
  }

  override _final(done: () => void): void {
    this.#port.close();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#port.close();
    done(error);
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    this.#port.ref();
    return this;
  }

  unref(): this {
    this.#port.unref();
    return this;
  }
}
