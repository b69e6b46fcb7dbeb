/** The two mails around a subscription: please confirm, and you are subscribed already. */
import type { LetterWords } from "./letter.ts";

/** @param hours until the link expires */
export function confirmationWords({
  siteName,
  confirmUrl,
  hours,
}: {
  siteName: string;
  confirmUrl: string;
  hours: number;
}): LetterWords {
  return {
    subject: `Please confirm: papers from ${siteName}`,
    heading: "Please confirm your address",
    before: [
      `Somebody, we hope you, asked ${siteName} to send papers to this address. Nothing is sent before it is confirmed on this page:`,
    ],
    action: { url: confirmUrl, text: "Confirm the subscription" },
    after: [
      `The link is good for ${hours} hours and for one confirmation. If it was not you, do nothing: no further mail will come.`,
    ],
  };
}

/** For an address that asks again: says how to change or leave, to its owner only. */
export function alreadySubscribedWords({ siteName, manageUrl }: { siteName: string; manageUrl: string }): LetterWords {
  return {
    subject: `You are subscribed to ${siteName}`,
    heading: "You are subscribed already",
    before: [
      `Somebody, perhaps you, asked ${siteName} to send papers to this address. They come already; here you can change what you get, pause, or leave:`,
    ],
    action: { url: manageUrl, text: "Change what you get" },
    after: ["If it was not you, do nothing: nothing has changed."],
  };
}
