import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { greeting, simpleQuery, transactionState, UnitReader } from "./wire.ts";

const startup = Uint8Array.of(0, 0, 0, 8, 0, 3, 0, 0);
const message = (type: string, size: number) => {
  const bytes = new Uint8Array(5 + size).fill(7);
  bytes[0] = type.charCodeAt(0);
  new DataView(bytes.buffer).setInt32(1, 4 + size);
  return bytes;
};

describe("UnitReader", () => {
  it("gives the same units however the bytes are cut", () => {
    const units = fc.array(fc.tuple(fc.array(fc.nat(40), { maxLength: 4 }), fc.constantFrom("Q", "S")), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(units, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (plan, cuts) => {
        const whole = plan.map(([sizes, last]) =>
          Buffer.concat([...sizes.map((size) => message("P", size)), message(last, 3)]),
        );
        const stream = Buffer.concat([startup, ...whole]);
        const reader = new UnitReader();
        const found: Uint8Array[] = [];
        for (let at = 0, turn = 0; at < stream.length; turn++) {
          const next = at + cuts[turn % cuts.length]!;
          for (const unit of reader.push(Uint8Array.from(stream.subarray(at, next)))) {
            if (unit.kind === "messages") found.push(unit.bytes);
          }
          at = next;
        }
        expect(found.map((unit) => Buffer.from(unit))).toEqual(whole);
      }),
    );
  });

  it("refuses lengths that cannot be", () => {
    const reader = new UnitReader();
    reader.push(startup);
    expect(() => reader.push(Uint8Array.of(81, 255, 255, 255, 255))).toThrow(RangeError);
    expect(() => new UnitReader().push(Uint8Array.of(127, 255, 255, 255, 0, 3, 0, 0))).toThrow(RangeError);
  });
});

describe("transactionState", () => {
  it("reads the state from the end of an answer", () => {
    expect(transactionState(greeting("18"))).toBe("idle");
    expect(transactionState(Uint8Array.of(90, 0, 0, 0, 5, 84))).toBe("open");
    expect(transactionState(Uint8Array.of(90, 0, 0, 0, 5, 69))).toBe("failed");
    expect(transactionState(simpleQuery("x"))).toBeNull();
  });
});
