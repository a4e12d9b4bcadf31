/**
 * Processes that have started before they know what to run. A `Prespawner` keeps some of one kind ready, and hands them out;
 * `warmTestOf` says how the command of a test for Deno, Node, Bun or Python is started with one of the built-in runners,
 * which `runnerPath` gives. `docs/writing_runners.md` is the protocol for others.
 *
 * @example Run a Python script in an interpreter that has started already
 * ```ts
 * import { host, Prespawner, runnerPath, warmTestOf } from "./mod.ts";
 *
 * const cwd = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${cwd}/test.py`, "import sys, json; sys.exit(len(json.dumps(sys.argv[1:])))");
 * const path = await runnerPath("python.py");
 * const options = { cwd, env: host.environment(), preloads: ["json"], runnerPath: () => path };
 * const { start, main, args } = warmTestOf(["python3", "test.py", "a"], options)!;
 * {
 *   await using prespawner = new Prespawner({ start });
 *   prespawner.start();
 *   const { exited } = await prespawner.spawn([main, ...args]);
 *   const exit = await exited;
 *   if (exit.kind !== "exited" || exit.code !== 5) throw new Error("unexpected");
 * }
 * await Deno.remove(cwd, { recursive: true });
 * ```
 *
 * @module
 */
export { host } from "../runtime/host.ts";
export type * from "../runtime/port.ts";
export type * from "../outcome.ts";
export { HostError, UsageError } from "../errors.ts";
export type { Job } from "./job.ts";
export { Prespawner, type PrespawnerOptions, type SpawnOptions } from "./prespawner.ts";
export type { HandOutOptions, PoolOutput } from "./pooled_runner.ts";
export { runnerPath, type RunnerPathOptions } from "./runner_path.ts";
export { RunnerError } from "./waiting_runner.ts";
export type { RunnerOutput, WarmStart } from "./warm_start.ts";
export type { WarmTest, WarmTestOptions } from "./warm_test.ts";
export { warmTestOf } from "./warm_test_of.ts";
