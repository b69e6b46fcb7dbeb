import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { startServer } from "./start-server.ts";

const local = { host: "127.0.0.1", port: 0 };

/** An app with one slow answer, and the moment at which somebody asked for it. */
function slowApp() {
  const arrived = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const app = new Hono().get("/slow", async (c) => {
    arrived.resolve();
    await release.promise;
    return c.text("whole");
  });
  return { app, arrived: arrived.promise, release: () => release.resolve() };
}

describe("the server", () => {
  it("lets a request under way finish before it closes, and takes no new one", async () => {
    const { app, arrived, release } = slowApp();
    const server = await startServer({ app, ...local });
    const answer = fetch(`${server.address}/slow`);
    await arrived;
    const closed = server.close();
    await expect(fetch(`${server.address}/slow`)).rejects.toThrow();
    release();
    expect(await (await answer).text()).toBe("whole");
    await closed;
    await server.close();
  });

  it("cuts off what takes longer than the limit", async () => {
    const { app, arrived, release } = slowApp();
    const server = await startServer({ app, ...local, closeLimitMs: 1 });
    const answer = fetch(`${server.address}/slow`).then(
      () => "answered",
      () => "cut off",
    );
    await arrived;
    await server.close();
    expect(await answer).toBe("cut off");
    release();
  });

  it("says that a port is taken", async () => {
    const server = await startServer({ app: new Hono(), ...local });
    await expect(startServer({ app: new Hono(), host: local.host, port: server.port })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
    await server.close();
  });
});
