import type { Exit } from "../../src/outcome.ts";
import type { Job } from "../../src/prespawn/job.ts";
import type { WarmSource } from "../../src/prespawn/warm_source.ts";
import { WaitingRunner } from "../../src/prespawn/waiting_runner.ts";
import type { WarmStart } from "../../src/prespawn/warm_start.ts";
import { findProgram } from "../../src/runtime/find_program.ts";
import { host } from "../../src/runtime/host.ts";
import type { Child } from "../../src/runtime/port.ts";

/** Only a broken runner or program ever takes so long. */
const LIMIT_MS = 60_000;

/** One program, and the two ways to start it. */
export interface StartComparison {
  /** Starts the program cold, in `job.cwd` with `job.env`. The program is a path or a name in the `PATH` of the job. */
  readonly cold: readonly [string, ...string[]];
  /** Starts the runner. */
  readonly start: WarmStart;
  /** The same program as the job of the runner. */
  readonly job: Job;
  /** What gives a third process for the same program. */
  readonly forks?: WarmSource | undefined;
  /** What differs between any two starts, and what stands in its place; applied in order, after the pid. */
  readonly normalise?: readonly (readonly [pattern: RegExp, replacement: string])[] | undefined;
  /** Called with each process once it has its job, for programs that wait for something, such as a signal. */
  readonly act?: ((pid: number, logPath: string) => void | Promise<void>) | undefined;
}

/** How one start ended, and both its streams. */
export interface StartResult {
  readonly exit: Exit;
  /** Normalised: the pid is `<pid>`. */
  readonly output: string;
}

/**
 * Runs a program cold and warm: each as leader of a session, standard input at its end, both streams in one file. What
 * either leaves in its process group is killed.
 *
 * @param comparison the program
 * @returns what came of each, to be compared; `forked` with `forks` only
 * @throws {Error} when one cannot be started, or does not end
 */
export async function compareStarts(
  comparison: StartComparison,
): Promise<{ cold: StartResult; warm: StartResult; forked: StartResult | undefined }> {
  const { forks } = comparison;
  const directory = host.files.makeTempDirectory("prekill-warm-");
  try {
    return {
      cold: await resultOf(comparison, `${directory}/log`, (logPath) => startCold(comparison, logPath)),
      warm: await resultOf(comparison, `${directory}/log`, (logPath) => startWarm(comparison, logPath)),
      forked: forks &&
        await resultOf(comparison, `${directory}/log`, (logPath) => startForked(forks, comparison, logPath)),
    };
  } finally {
    host.files.remove(directory, { recursive: true });
  }
}

async function resultOf(
  { normalise = [], act }: StartComparison,
  logPath: string,
  start: (logPath: string) => Promise<Child>,
): Promise<StartResult> {
  const child = await start(logPath);
  const watchdog = setTimeout(() => host.kill(-child.pid, "SIGKILL"), LIMIT_MS);
  await act?.(child.pid, logPath);
  const exit = await child.exited;
  clearTimeout(watchdog);
  host.kill(-child.pid, "SIGKILL");
  const text = host.files.readText(logPath) ?? "";
  host.files.remove(logPath);
  const patterns = [[new RegExp(`\\b${child.pid}\\b`, "g"), "<pid>"] as const, ...normalise];
  return {
    exit,
    output: patterns.reduce((output, [pattern, replacement]) => output.replace(pattern, replacement), text),
  };
}

async function startCold({ cold, job }: StartComparison, logPath: string): Promise<Child> {
  const [name, ...args] = cold;
  const found = findProgram(host.files, name, { searchPath: job.env.PATH, cwd: job.cwd });
  const program = found.kind === "found" ? found.path : name;
  const { cwd, env } = job;
  const child = await host.spawnIntoFile({
    program,
    args,
    cwd,
    env,
    newSession: true,
    stdin: "null",
    outputPath: logPath,
  });
  if (child === undefined) throw new Error(`Cannot start "${cold.join(" ")}"`);
  return child;
}

async function startForked(forks: WarmSource, { job }: StartComparison, logPath: string): Promise<Child> {
  const child = await forks.take(job, { logPath });
  if (child === undefined) throw new Error(`Cannot take a process for "${job.main}"`);
  return child;
}

async function startWarm({ start, job }: StartComparison, logPath: string): Promise<Child> {
  const readyPath = `${logPath}.ready`;
  const output = { kind: "log", path: logPath } as const;
  const runner = new WaitingRunner({ start, output, readyPath }, host);
  try {
    await runner.ready(LIMIT_MS);
  } catch (error) {
    await runner.end(0);
    throw error;
  }
  return await runner.give(job);
}
