/** Runs the built command as a person would: a process of its own, on a folder of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const COMMAND = fileURLToPath(new URL("../../packages/cli/bin/paperwire.mjs", import.meta.url));

export type Finished = { code: number | null; stdout: string; stderr: string };

export class House {
  readonly folder: string;
  readonly #children = new Set<ChildProcess>();

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async open(): Promise<House> {
    return new House(await mkdtemp(join(tmpdir(), "paperwire-trip-")));
  }

  start(args: string[], env: Record<string, string> = {}): ChildProcess {
    const child = spawn(process.execPath, [COMMAND, ...args], {
      // Not the whole environment: the test runner sets a BASE_URL of its own, and a developer may have a DATABASE_URL.
      env: { PATH: process.env.PATH, PAPERWIRE_DATA: join(this.folder, "data"), LOG_LEVEL: "warn", ...env },
    });
    this.#children.add(child);
    child.on("exit", () => this.#children.delete(child));
    return child;
  }

  async run(
    args: string[],
    { env = {}, input }: { env?: Record<string, string>; input?: Buffer } = {},
  ): Promise<Finished> {
    const child = this.start(args, env);
    const [stdout, stderr] = [collect(child.stdout!), collect(child.stderr!)];
    child.stdin!.end(input);
    const [code] = (await once(child, "close")) as [number | null];
    return { code, stdout: stdout(), stderr: stderr() };
  }

  /** Starts the site and gives its address once it says that it is ready. */
  async serve(env: Record<string, string> = {}): Promise<{ child: ChildProcess; address: string }> {
    const child = this.start(["serve"], { PORT: "0", ...env });
    const stderr = collect(child.stderr!);
    for await (const line of createInterface({ input: child.stdout! })) {
      const address = /Paperwire is at (\S+)/.exec(line)?.[1];
      if (address) return { child, address };
    }
    throw new Error(`the site did not start: ${stderr()}`);
  }

  async close(): Promise<void> {
    for (const child of this.#children) child.kill("SIGKILL");
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exited = once(child, "exit");
  child.kill(signal);
  const [code] = (await exited) as [number | null];
  return code;
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}
