/** Bytes of an answer → text, in the encoding that it declares. */
import { upstream } from "@paperwire/domain";
import type { Answer } from "./request.ts";

type Decoder = InstanceType<typeof TextDecoder>;

/** Bytes in which an XML declaration must stand. */
const DECLARATION_BYTES = 200;

/**
 * UTF-8 unless the header or the XML declaration names another encoding.
 * @throws DomainError `upstream`: bytes that are not of that encoding, or one that nobody knows: a text with
 *   replacement characters would be stored as if somebody had written it
 */
export async function* decodeText(answer: Answer, name: string): AsyncGenerator<string> {
  let decoder: Decoder | undefined;
  for await (const part of answer.body) {
    decoder ??= decoderFor(answer.header("content-type") ?? "", part, name);
    yield decode(decoder, part, name);
  }
  if (decoder) yield decode(decoder, undefined, name);
}

/** The whole text at once; the size of the answer is limited already. */
export async function decodeAll(answer: Answer, name: string): Promise<string> {
  let text = "";
  for await (const part of decodeText(answer, name)) text += part;
  return text;
}

function decoderFor(contentType: string, head: Uint8Array, name: string): Decoder {
  const start = Buffer.from(head.subarray(0, DECLARATION_BYTES)).toString("latin1");
  const label =
    /charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType)?.[1] ??
    /^\uFEFF?<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]{1,40})/.exec(start)?.[1] ??
    "utf-8";
  try {
    return new TextDecoder(label, { fatal: true });
  } catch (error) {
    throw upstream(`${name} answers in an unknown encoding, ${label}.`, error);
  }
}

function decode(decoder: Decoder, part: Uint8Array | undefined, name: string): string {
  try {
    return part ? decoder.decode(part, { stream: true }) : decoder.decode();
  } catch (error) {
    throw upstream(`${name}'s answer is not in the encoding that it declares (${decoder.encoding}).`, error);
  }
}
