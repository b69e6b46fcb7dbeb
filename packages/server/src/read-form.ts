/** A form as it was sent: texts without what no database takes, and at most one file under a name. */
import { invalid } from "@paperwire/domain";
import type { Context } from "hono";

export type SentForm = {
  /** Empty where the field was not sent. */
  text(name: string): string;
  /** Whether there was such a field, empty or not. */
  sent(name: string): boolean;
  /** Undefined where no file was chosen. */
  file(name: string): Promise<Uint8Array | undefined>;
};

/** @throws DomainError `invalid`: not a form, or a text with a NUL in it */
export async function readForm(c: Context): Promise<SentForm> {
  const body = await c.req.parseBody().catch((cause: unknown) => {
    throw invalid("The form could not be read.", cause);
  });
  return {
    text: (name) => {
      const value = body[name];
      if (typeof value !== "string") return "";
      if (value.includes("\0")) throw invalid("The form could not be read: it holds a NUL character.");
      return value;
    },
    sent: (name) => body[name] !== undefined,
    file: async (name) => {
      const value = body[name];
      if (!(value instanceof File) || value.size === 0) return undefined;
      return new Uint8Array(await value.arrayBuffer());
    },
  };
}
