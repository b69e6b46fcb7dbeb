import { describe, expect, it } from "vitest";
import { Multiplexer } from "./multiplexer.ts";
import { simpleQuery } from "./wire.ts";

const startup = Uint8Array.of(0, 0, 0, 8, 0, 3, 0, 0);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** A session that logs statements and answers with the state that a real server would be in. */
function fakeSession() {
  const log: string[] = [];
  let state = "I";
  const session = async (unit: Uint8Array) => {
    const statement = text(unit.subarray(5, -1));
    log.push(statement);
    if (statement === "begin") state = "T";
    if (statement === "commit" || statement === "rollback") state = "I";
    const tag = `${statement === "read" ? "SELECT 1" : "INSERT 0 1"}\0`;
    const complete = Uint8Array.from([67, 0, 0, 0, 4 + tag.length, ...new TextEncoder().encode(tag)]);
    return Uint8Array.from([...complete, 90, 0, 0, 0, 5, state.charCodeAt(0)]);
  };
  return { log, session };
}

function setUp() {
  const { log, session } = fakeSession();
  let flushes = 0;
  const multiplexer = new Multiplexer({
    session,
    serverVersion: "18",
    flush: async () => {
      flushes++;
    },
  });
  const join = () => {
    const answers: Uint8Array[] = [];
    const client = { ended: false };
    const connection = multiplexer.connect({
      send: (bytes) => answers.push(bytes),
      end: () => {
        client.ended = true;
      },
    });
    connection.receive(startup);
    return { answers, client, connection, say: (statement: string) => connection.receive(simpleQuery(statement)) };
  };
  return { log, multiplexer, join, flushes: () => flushes };
}

describe("Multiplexer", () => {
  it("keeps the session for the client whose transaction is open", async () => {
    const { log, multiplexer, join } = setUp();
    const [a, b] = [join(), join()];
    a.say("begin");
    b.say("read");
    await multiplexer.settled();
    expect(log).toEqual(["begin"]);
    a.say("write");
    a.say("commit");
    await multiplexer.settled();
    expect(log).toEqual(["begin", "write", "commit", "read"]);
  });

  it("rolls back for a client that leaves in the middle of a transaction", async () => {
    const { log, multiplexer, join } = setUp();
    const [a, b] = [join(), join()];
    a.say("begin");
    await multiplexer.settled();
    b.say("read");
    a.connection.closed();
    await multiplexer.settled();
    expect(log).toEqual(["begin", "rollback", "read"]);
    expect(b.answers.length).toBe(2);
  });

  it("flushes before a write is acknowledged, and not for reads", async () => {
    const { multiplexer, join, flushes } = setUp();
    const a = join();
    a.say("read");
    await multiplexer.settled();
    expect(flushes()).toBe(0);
    a.say("write");
    await multiplexer.settled();
    expect(flushes()).toBe(1);
  });

  it("cuts off a client that breaks the protocol, and only that one", async () => {
    const { multiplexer, join } = setUp();
    const [a, b] = [join(), join()];
    a.connection.receive(Uint8Array.of(81, 255, 255, 255, 255));
    expect(a.client.ended).toBe(true);
    b.say("read");
    await multiplexer.settled();
    expect(b.answers.length).toBe(2);
  });
});
