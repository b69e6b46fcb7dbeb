/** The mails around an account: what their reader should know, and the one thing to do. */
import type { LetterWords } from "@paperwire/mail";

export function signInWords(url: string, { siteName, minutes }: { siteName: string; minutes: number }): LetterWords {
  return {
    subject: `Sign in to ${siteName}`,
    heading: "Your sign-in link",
    before: [`Somebody, we hope you, wants to sign in to ${siteName} with this address.`],
    action: { url, text: "Sign in" },
    after: [
      `The link works once, within ${minutes} minutes. If it was not you, do nothing: without this mail nobody gets in.`,
    ],
  };
}

export function confirmEmailWords(url: string, { siteName, hours }: { siteName: string; hours: number }): LetterWords {
  return {
    subject: `Confirm your new address at ${siteName}`,
    heading: "Confirm your new address",
    before: [`An account at ${siteName} is to be reached at this address from now on.`],
    action: { url, text: "Confirm the address" },
    after: [`The link works once, within ${hours} hours. If it was not you, do nothing: nothing changes.`],
  };
}

/** To an address that somebody else wants for their account: its owner learns of it, the other does not. */
export function addressTakenWords(url: string, siteName: string): LetterWords {
  return {
    subject: `Your address at ${siteName}`,
    heading: "This address has an account already",
    before: [
      `Somebody asked to use this address for another account at ${siteName}. It belongs to yours, so nothing changes.`,
    ],
    action: { url, text: "Sign in to your account" },
  };
}

/** To the address that an account has: without its yes nothing changes. */
export function emailChangingWords(
  url: string,
  { siteName, hours, settingsUrl }: { siteName: string; hours: number; settingsUrl: string },
): LetterWords {
  return {
    subject: `Another address for your account at ${siteName}`,
    heading: "Another address was asked for",
    before: [
      `Somebody who is signed in to your account at ${siteName} asked to use another mail address for it.`,
      "If it was you, agree here, and confirm it from the other mailbox as well.",
    ],
    action: { url, text: "Agree to the change" },
    after: [
      `The link works once, within ${hours} hours. If it was not you, do not press it, and sign out everywhere: ${settingsUrl}`,
    ],
  };
}

export function emailChangedWords(siteName: string): LetterWords {
  return {
    subject: `Your account at ${siteName} has another address`,
    heading: "The address was changed",
    before: [
      `Your account at ${siteName} is reached at another address now, and this one signs nobody in any more.`,
      "If it was not you, write to the people who run the site.",
    ],
  };
}
