import { expect, it } from "vitest";
import { loggable } from "./loggable.ts";

it.each([
  ["550 5.1.1 <ada@example.org>: Recipient address rejected", "550 5.1.1 <(an address)>: Recipient address rejected"],
  ["user=ada@example.org unknown", "user=(an address) unknown"],
  [
    "554 blocked https://papers.example.org/sign-in/link/abc_DEF-1?next=%2F by us",
    "554 blocked https://papers.example.org/… by us",
  ],
  ["smtps://user:pass-word@mail.example.org:465 refused", "smtps://mail.example.org:465/… refused"],
  ["https://api.telegram.org/bot1:SECRET/sendMessage", "https://api.telegram.org/…"],
  ["421 4.3.2 try again later", "421 4.3.2 try again later"],
])("keeps of %j what a log may hold", (said, kept) => {
  expect(loggable(said)).toBe(kept);
});

it("looks at the beginning of what a server said, however long that is", () => {
  expect(loggable("a-".repeat(1_000_000)).length).toBeLessThanOrEqual(500);
});
