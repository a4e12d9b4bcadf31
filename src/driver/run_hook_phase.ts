import { messageOf } from "../errors.ts";
import type { HookRecord } from "../hook_record.ts";
import type { HookOutput, PreKillContext } from "../hooks/hook.ts";
import type { SampleReason } from "../outcome.ts";
import type { Runtime } from "../runtime/port.ts";
import type { Attempt } from "./attempt.ts";
import type { DriverOptions } from "./driver_options.ts";

const DEFAULT_HOOK_TIMEOUT_MS = 30_000;
const DEFAULT_SAMPLE_TIME_MS = 1000;
/** A brief look, when somebody waits for the driver to end or the main process has gone already. */
const BRIEF_SAMPLE_TIME_MS = 200;
const BRIEF_HOOK_TIMEOUT_MS = 3000;

/** What the hook phase needs to know. */
export interface HookPhase {
  readonly runtime: Runtime;
  readonly options: DriverOptions;
  readonly attempt: Attempt;
  readonly name: string;
  readonly cookie: string;
  readonly reason: SampleReason;
  readonly brief: boolean;
  readonly mainExited: boolean;
  readonly elapsedMs: number;
  /** Milliseconds since the deadline. */
  lateMs(): number;
  /** Ends the hook early. */
  readonly abort: AbortSignal;
  doPreKill(context: PreKillContext, output: HookOutput): Promise<void> | void;
}

/**
 * Runs the pre-kill hook of one attempt within its limit and writes what it found. Never rejects.
 *
 * @param phase the attempt and the hook
 * @returns the record, with the files written
 */
export async function runHookPhase(phase: HookPhase): Promise<HookRecord> {
  try {
    return await runHook(phase);
  } catch (error) {
    // Only a broken installation comes here: a module of our own that cannot be loaded.
    const message = `the pre-kill hook could not be started: ${messageOf(error)}`;
    return { reason: phase.reason, status: "failed", ms: 0, lateMs: phase.lateMs(), message, files: [] };
  }
}

async function runHook(phase: HookPhase): Promise<HookRecord> {
  const { runtime, options, attempt, brief } = phase;
  const [{ runPreKillHook }, { createSessionDir }] = await Promise.all([
    import("../hooks/run_pre_kill_hook.ts"),
    import("../hooks/sample/session_dir.ts"),
  ]);
  const sampleTimeMs = options.sampleTimeMs ?? DEFAULT_SAMPLE_TIME_MS;
  const hookTimeoutMs = options.hookTimeoutMs ?? DEFAULT_HOOK_TIMEOUT_MS;
  const sessionDir = createSessionDir(runtime, options.sessionDir, performance.timeOrigin);
  return await runPreKillHook(attempt.pid, {
    testName: phase.name,
    testFile: options.file ?? phase.name,
    command: options.command,
    isPrespawned: options.spawner !== undefined,
    cwd: options.cwd ?? runtime.cwd(),
    attempt: options.attempt ?? 1,
    reason: phase.reason,
    sessionDir: sessionDir.path,
    sampleTimeMs: brief ? Math.min(BRIEF_SAMPLE_TIME_MS, sampleTimeMs) : sampleTimeMs,
    elapsedMs: phase.elapsedMs,
    platform: options.platform ?? { name: runtime.os, archs: [runtime.arch] },
    cookie: phase.cookie,
    seen: attempt.seen(),
    outputPipes: attempt.outputPipes(),
    mainExited: phase.mainExited,
    outputTail: attempt.outputTail(),
    readOutput: (maxBytes) => attempt.outputTail(maxBytes),
    sampleEnvironment: options.sampleEnvironment ?? false,
  }, {
    runtime,
    hook: Promise.resolve({
      source: "user",
      doPreKill: (_pid, context, output) => phase.doPreKill(context, output),
    }),
    hookTimeoutMs: brief ? Math.min(BRIEF_HOOK_TIMEOUT_MS, hookTimeoutMs) : hookTimeoutMs,
    preKillCommand: options.preKillCommand,
    lateMs: phase.lateMs(),
    sessionDir,
    abort: phase.abort,
  });
}

/**
 * The limit that a reason stands for.
 *
 * @param options the attempt's limits
 * @param reason why a sample is taken
 * @returns milliseconds; undefined when the reason is no limit or the limit is not set
 */
export function limitOf(options: DriverOptions, reason: SampleReason): number | undefined {
  switch (reason) {
    case "timeout":
      return options.timeoutMs;
    case "idle":
      return options.idleTimeoutMs;
    case "startup":
      return options.startupTimeoutMs;
    case "exit":
      return options.exitTimeoutMs;
    default:
      return undefined;
  }
}
