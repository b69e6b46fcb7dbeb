/** The input as plain bytes: counted, unpacked where it is gzip, and honest about where it broke off. */
import { createGunzip, type Gunzip } from "node:zlib";

/** gzip's own mark. @source RFC 1952, 2.3.1 */
const GZIP_MAGIC = [0x1f, 0x8b];
/** Packed bytes given to zlib at once: at its best ratio (1:1032) they unpack to 16 MB, which bounds the memory. */
const SLICE_BYTES = 16_384;

/** The input stopped before its end: cut off, damaged, or the device failed. */
export class BrokenInput extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = "BrokenInput";
  }
}

export type OpenInput = {
  /** @throws BrokenInput after the last good bytes */
  chunks: AsyncIterable<Uint8Array>;
  /** Bytes taken from the input so far, packed as they come: what a progress bar compares with the file's size. */
  bytesRead(): number;
};

export function openInput(input: AsyncIterable<Uint8Array>): OpenInput {
  let bytesRead = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of input) {
        bytesRead += chunk.length;
        if (chunk.length > 0) yield chunk;
      }
    } catch (cause) {
      throw new BrokenInput("The input broke off here: it could not be read further.", { cause });
    }
  }
  return { chunks: unpack(counted()), bytesRead: () => bytesRead };
}

async function* unpack(chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const head: Uint8Array[] = [];
  let size = 0;
  while (size < GZIP_MAGIC.length) {
    const { done, value } = await chunks.next();
    if (done) break;
    head.push(value);
    size += value.length;
  }
  const first = Buffer.concat(head);
  const packed = GZIP_MAGIC.every((byte, index) => first[index] === byte);
  if (packed) yield* gunzip(first, chunks);
  else {
    if (first.length > 0) yield first;
    yield* chunks;
  }
}

/**
 * Hands on all that was unpacked before an error. zlib's own stream throws away what waits in its buffer when it
 * fails, so its output is taken by the event, and the next slice is only given when that of the last one is away.
 */
async function* gunzip(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const engine = createGunzip();
  const unpacked: Uint8Array[] = [];
  const state: { failure?: Error } = {};
  const closed = new Promise<void>((resolve) => {
    engine.on("error", (error) => {
      state.failure = error;
      resolve();
    });
    engine.on("end", resolve);
  });
  engine.on("data", (chunk: Uint8Array) => unpacked.push(chunk));
  try {
    for await (const chunk of chain(first, rest)) {
      for (let at = 0; at < chunk.length && !state.failure; at += SLICE_BYTES) {
        await Promise.race([closed, give(engine, chunk.subarray(at, at + SLICE_BYTES))]);
        yield* unpacked.splice(0);
      }
      if (state.failure) break;
    }
    if (!state.failure) {
      engine.end();
      await closed;
    }
    yield* unpacked.splice(0);
    if (state.failure) throw new BrokenInput(sentenceFor(state.failure), { cause: state.failure });
  } finally {
    engine.destroy();
  }
}

async function* chain(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

function give(engine: Gunzip, slice: Uint8Array): Promise<void> {
  return new Promise((resolve) => engine.write(slice, () => setImmediate(resolve)));
}

function sentenceFor(failure: Error & { code?: string }): string {
  if (failure.code === "Z_BUF_ERROR") return "The gzip data break off here: the file is cut short.";
  return "The gzip data are damaged here; nothing after this place can be read.";
}
