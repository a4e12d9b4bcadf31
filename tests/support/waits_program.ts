import { collectFacts } from "../../src/hooks/collectors/collect_facts.ts";
import type { CollectOptions } from "../../src/hooks/collectors/collect_options.ts";
import { takeLightSample } from "../../src/hooks/collectors/take_light_sample.ts";
import type { Facts, ProcessFacts, ThreadFacts } from "../../src/hooks/facts.ts";
import { host } from "../../src/runtime/host.ts";
import { isOnPath } from "./is_on_path.ts";
import { waitUntil } from "./wait_until.ts";

const SOURCE = new URL("../fixtures/waits.c", import.meta.url).pathname;

/** Whether the program can be built here; tests that need it say so in `ignore`. */
export const canBuildWaits = isOnPath("gcc");

let built: Promise<string> | undefined;

/** Builds the program once per test file; the folder goes when the tests have run. */
function buildWaits(): Promise<string> {
  built ??= (async () => {
    const directory = await Deno.makeTempDir({ prefix: "prekill-waits-" });
    addEventListener("unload", () => Deno.removeSync(directory, { recursive: true }));
    const program = `${directory}/waits`;
    const { success } = await new Deno.Command("gcc", {
      args: ["-O0", "-pthread", SOURCE, "-o", program],
      stderr: "inherit",
    }).output();
    if (!success) throw new Error(`Cannot build "${SOURCE}": see the compiler's message above`);
    return program;
  })();
  return built;
}

/** A running program that blocks in one way. Disposing kills its session's leader and, by that, its children. */
export class WaitingProgram implements AsyncDisposable {
  readonly pid: number;
  readonly #child: Deno.ChildProcess;

  constructor(child: Deno.ChildProcess) {
    this.#child = child;
    this.pid = child.pid;
  }

  options(overrides: Partial<CollectOptions> = {}): CollectOptions {
    return {
      runtime: host,
      rootPid: this.pid,
      ownsSession: true,
      cookie: "",
      seen: [],
      outputPipes: [],
      sampleTimeMs: 20,
      signal: new AbortController().signal,
      ...overrides,
    };
  }

  /** Collects once a light sample shows what the condition looks for. */
  async collectWhen(what: string, condition: (facts: Facts) => boolean): Promise<Facts> {
    await waitUntil(what, () => condition(takeLightSample(this.options())));
    return await collectFacts(this.options(), []);
  }

  /** Collects once its main thread waits in this way. */
  collectWaiting(kind: string): Promise<Facts> {
    return this.collectWhen(
      `it waits in the way "${kind}"`,
      (facts) => mainThread(facts).syscall?.wait?.kind === kind,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      // The whole session: a negative pid names the process group, which nobody here leaves.
      Deno.kill(-this.pid, "SIGKILL");
    } catch {
      // It has ended already.
    }
    await this.#child.stdin.close().catch(() => {});
    await this.#child.stdout.cancel();
    await this.#child.status;
  }
}

/** Starts it and waits until it is about to block. */
export async function startWaits(...args: string[]): Promise<WaitingProgram> {
  return await start(await buildWaits(), args);
}

const UNSHARE = ["--fork", "--pid", "--kill-child"];

/** Whether a program can be started in a pid namespace of its own. */
export const canContain = isOnPath("unshare") &&
  new Deno.Command("unshare", { args: [...UNSHARE, "true"], stderr: "null" }).outputSync().success;

/** Starts it as in a container, where its processes have other numbers; its parent is the process that is started. */
export async function startContainedWaits(...args: string[]): Promise<WaitingProgram> {
  return await start("unshare", [...UNSHARE, await buildWaits(), ...args]);
}

async function start(program: string, args: readonly string[]): Promise<WaitingProgram> {
  const child = new Deno.Command(program, {
    args: [...args],
    detached: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  reader.releaseLock();
  if (!new TextDecoder().decode(value).startsWith("ready")) {
    throw new Error(`${program} ${args.join(" ")} did not start`);
  }
  return new WaitingProgram(child);
}

/** The process that was started. */
export function rootProcess(facts: Facts): ProcessFacts {
  const root = facts.processes.find(({ pid }) => pid === facts.rootPid);
  if (root === undefined) throw new Error("the facts do not show the process that was started");
  return root;
}

/** Its main thread. */
export function mainThread(facts: Facts): ThreadFacts {
  return rootProcess(facts).threads[0]!;
}
