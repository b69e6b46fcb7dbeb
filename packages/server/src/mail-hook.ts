/**
 * Where mail providers report bounces and complaints. Who knows the secret may: by our signature, by Mailgun's, or as the
 * password of HTTP Basic, which Postmark, SendGrid and Amazon SNS can send. Without a configured secret there is no such
 * address.
 */
import { invalid, notFound, unauthorized } from "@paperwire/domain";
import {
  isSignedBody,
  isSignedByMailgun,
  readMailHook,
  SIGNATURE_AGE_MS,
  SIGNATURE_HEADER,
  sameText,
} from "@paperwire/mail";
import { Hono } from "hono";
import type { ServerContext } from "./context.ts";
import { takeHookReport } from "./take-report.ts";

export function mailHookRoutes({ store, settings, clock, logger }: ServerContext): Hono {
  const app = new Hono();
  app.post("/hooks/mail", async (c) => {
    const secret = settings.mailHookSecret;
    if (secret === undefined) throw notFound("There is no such page.");
    const body = await c.req.text();
    const parsed = parseJson(body);
    const known =
      isSignedBody(secret, { body, header: c.req.header(SIGNATURE_HEADER) ?? "", nowMs: clock() }) ||
      isPassword(secret, c.req.header("authorization") ?? "") ||
      isSignedByMailgun(secret, parsed, { nowMs: clock(), ageMs: SIGNATURE_AGE_MS });
    if (!known) throw unauthorized("The signature does not fit, or is too old.");
    const outcomes = { suppressed: 0, noted: 0, unknown: 0 };
    for (const report of readMailHook(parsed)) outcomes[await takeHookReport(store, report)]++;
    logger.info(outcomes, "reports about mail came in");
    return c.json(outcomes);
  });
  return app;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw invalid("The body is not JSON.", error);
  }
}

/** Any user name; the password is the secret. */
function isPassword(secret: string, header: string): boolean {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=]{1,2000})$/.exec(header) ?? [];
  if (encoded === undefined) return false;
  const text = Buffer.from(encoded, "base64").toString();
  return sameText(text.slice(text.indexOf(":") + 1), secret);
}
