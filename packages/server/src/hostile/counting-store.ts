/** A store that notes what it is asked, so that a test can say: the same questions, whoever it was about. */
import type { Store } from "@paperwire/store";

/** @returns the same store, and the names of the calls so far, such as `accounts.findByEmail` */
export function countingStore(store: Store): { store: Store; calls: string[] } {
  const calls: string[] = [];
  const watched = <T extends object>(part: T, path: string): T =>
    new Proxy(part, {
      get(target, name, receiver) {
        const value: unknown = Reflect.get(target, name, receiver);
        const called = `${path}${String(name)}`;
        if (typeof value === "function") {
          return (...given: unknown[]) => {
            calls.push(called);
            return (value as (...all: unknown[]) => unknown).apply(target, given);
          };
        }
        return typeof value === "object" && value !== null ? watched(value, `${called}.`) : value;
      },
    });
  return { store: watched(store, ""), calls };
}
