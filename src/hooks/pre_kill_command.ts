import { formatDuration } from "../duration.ts";
import type { Exit } from "../outcome.ts";
import type { Runtime } from "../runtime/port.ts";
import { runTool } from "../runtime/run_tool.ts";
import type { AttemptContext } from "./hook.ts";

/** A user's command and its limits. */
export interface PreKillCommandOptions {
  readonly runtime: Runtime;
  /** One line for the shell; `{pid}` stands for the process. */
  readonly command: string;
  /** `Infinity` for no limit. */
  readonly timeoutMs: number;
  /** Ends it early. */
  readonly abort?: AbortSignal | undefined;
}

/** What the command came to. */
export interface PreKillCommandResult {
  readonly kind: "ok" | "failed" | "timed-out";
  /** A heading, its output and how it ended, for the sample. */
  readonly text: string;
  /** What went wrong, one clause; undefined when it exited with 0. */
  readonly problem?: string | undefined;
}

/**
 * Runs a user's command on a process that is about to be killed: through `sh -c` (Windows: `cmd /c`), in prekill's
 * working directory, with `PREKILL_PID`, `PREKILL_TEST`, `PREKILL_REASON` and `PREKILL_SESSION_DIR` in its
 * environment. Never rejects; at the limit the command and its children are killed and what it has said is kept.
 *
 * @param pid the process
 * @param context the attempt
 * @param options the command
 * @returns its output and how it ended
 */
export async function runPreKillCommand(
  pid: number,
  context: AttemptContext,
  options: PreKillCommandOptions,
): Promise<PreKillCommandResult> {
  const { runtime, timeoutMs } = options;
  const command = options.command.replaceAll("{pid}", String(pid));
  const result = await runTool(runtime, {
    ...shellCommand(runtime.os, command),
    env: {
      ...runtime.environment(),
      PREKILL_PID: String(pid),
      PREKILL_TEST: context.testName,
      PREKILL_REASON: context.reason,
      PREKILL_SESSION_DIR: context.sessionDir,
    },
    timeoutMs,
    signal: options.abort,
  });
  const code = result.exit?.kind === "exited" ? result.exit.code : undefined;
  const kind = result.status === "timeout" ? "timed-out" : code === 0 ? "ok" : "failed";
  const ending = result.status === "timeout"
    ? options.abort?.aborted
      ? "was ended early"
      : `did not end within ${formatDuration(timeoutMs)} and was killed`
    : result.exit === undefined
    ? `could not be started: ${result.stderr.trim() || "the shell is missing"}`
    : describeExit(result.exit);
  const output = result.exit === undefined && result.status !== "timeout"
    ? ""
    : endWithNewline(result.stdout) + endWithNewline(result.stderr);
  return {
    kind,
    text: `Pre-kill command: ${command}\n${output}The command ${ending} (${formatDuration(result.ms)}).\n`,
    problem: kind === "ok" ? undefined : `the pre-kill command ${ending}`,
  };
}

/** How each system runs one line of a user's shell. On Unix both streams come in the order of writing. */
export function shellCommand(os: string, command: string): { program: string; args: string[] } {
  return os === "windows"
    ? { program: "cmd", args: ["/d", "/s", "/c", command] }
    : { program: "sh", args: ["-c", `exec 2>&1; ${command}`] };
}

function describeExit(exit: Exit): string {
  return exit.kind === "exited" ? `exited with status ${exit.code}` : `was ended by ${exit.signal}`;
}

function endWithNewline(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}
