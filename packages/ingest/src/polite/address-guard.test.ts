import { expect, test } from "vitest";
import { checkLiteral, guardedLookup, isAllowed, isLoopbackHost, type Resolve } from "./address-guard.ts";

const strict = { allowLoopback: false };

test.each([
  ["127.0.0.1"],
  ["10.1.2.3"],
  ["172.31.255.255"],
  ["192.168.0.1"],
  ["169.254.169.254"],
  ["100.64.0.1"],
  ["0.0.0.0"],
  ["224.0.0.1"],
  ["255.255.255.255"],
  ["::1"],
  ["::"],
  ["fe80::1"],
  ["fd00::1"],
  ["::ffff:127.0.0.1"],
  ["::ffff:a9fe:a9fe"],
  ["64:ff9b::7f00:1"],
  ["2002:7f00:1::"],
  ["not an address"],
])("%s is not fetched", (address) => {
  expect(isAllowed(address, strict)).toBe(false);
});

test.each([["8.8.8.8"], ["151.101.3.42"], ["172.32.0.1"], ["2606:4700::1111"], ["2a04:4e42::1"]])(
  "%s is",
  (address) => {
    expect(isAllowed(address, strict)).toBe(true);
  },
);

test("this machine only where the operator wrote it down, and nothing else with it", () => {
  expect(["localhost", "127.0.0.1", "127.9.9.9", "[::1]"].map(isLoopbackHost)).toEqual([true, true, true, true]);
  expect(["example.org", "10.0.0.1", "localhost.example.org"].map(isLoopbackHost)).toEqual([false, false, false]);
  expect(isAllowed("127.0.0.1", { allowLoopback: true })).toBe(true);
  expect(isAllowed("10.0.0.1", { allowLoopback: true })).toBe(false);
  expect(() => checkLiteral("[fe80::1]", { allowLoopback: true })).toThrow();
  expect(() => checkLiteral("example.org", strict)).not.toThrow();
});

const look = (resolve: Resolve, all = false) =>
  new Promise((good, bad) => {
    guardedLookup(resolve, strict)("evil.example.org", { all }, (error, address) =>
      error ? bad(error) : good(address),
    );
  });

test("a name is looked up once, and the connection gets what was checked", async () => {
  let asked = 0;
  const rebinding: Resolve = async () => [{ address: asked++ === 0 ? "151.101.3.42" : "127.0.0.1", family: 4 }];
  expect(await look(rebinding)).toBe("151.101.3.42");
  expect(asked).toBe(1);
  await expect(look(rebinding)).rejects.toThrow("evil.example.org");
});

test("one private address among public ones refuses the name", async () => {
  const mixed: Resolve = async () => [
    { address: "151.101.3.42", family: 4 },
    { address: "169.254.169.254", family: 4 },
  ];
  await expect(look(mixed, true)).rejects.toThrow();
  await expect(look(async () => [], true)).rejects.toThrow("has no address");
});
