import { messageOf } from "../errors.ts";
import type { HookRecord } from "../hook_record.ts";
import type { Runtime } from "../runtime/port.ts";
import type { AttemptContext, HookDocument, PreKillContext } from "./hook.ts";
import { createOutputBuffer } from "./output_buffer.ts";
import { isRemoteUrl } from "./is_remote_url.ts";
import { loadBuiltinHook } from "./load_builtin_hook.ts";
import type { PreKillHook } from "./load_pre_kill_hook.ts";
import { runPreKillCommand } from "./pre_kill_command.ts";
import { runLimited } from "./run_limited.ts";
import { createSessionDir, type SessionDir } from "./sample/session_dir.ts";
import { writeSample } from "./sample/sample_writer.ts";

/** What to run, and for how long. */
export interface RunPreKillHookOptions {
  readonly runtime: Runtime;
  /** The hook, or what `loadPreKillHook` has promised: its rejection is recorded as a failure of the hook. */
  readonly hook: PreKillHook | undefined | Promise<PreKillHook | undefined>;
  /** For hook and command together; 0 is no limit. */
  readonly hookTimeoutMs: number;
  /** A command line for the shell, run after the hook; `{pid}` stands for the process. */
  readonly preKillCommand?: string | undefined;
  /** How long after the deadline this is called. */
  readonly lateMs: number;
  /** Where the files go; the context's session directory when undefined. */
  readonly sessionDir?: SessionDir | undefined;
  /** Ends hook and command early; what they have is saved. */
  readonly abort?: AbortSignal | undefined;
}

/**
 * Runs the pre-kill hook and the user's pre-kill command on a process that hangs, and writes what they found. Never
 * rejects: a hook that throws, hangs or cannot be loaded is a record, and what it wrote before is saved. After the
 * limit its later writes go nowhere. With a command, the hook gets half of the limit and the command what is left.
 *
 * @param pid the main process of the attempt
 * @param context what is known about the attempt
 * @param options hook, command and limits
 * @returns what became of it, with the files written
 */
export async function runPreKillHook(
  pid: number,
  context: AttemptContext,
  options: RunPreKillHookOptions,
): Promise<HookRecord> {
  const { runtime, hookTimeoutMs, preKillCommand } = options;
  const startMs = performance.now();
  const problems = new Set<string>();
  const output = createOutputBuffer();
  let lateMs = options.lateMs;
  let ran = false;
  const remote = isRemoteUrl(context.platform.url);
  const mayRunBuiltin = (): boolean => {
    if (remote) {
      problems.add(
        `the built-in hook was skipped, since ${context.platform.url} is another machine: run prekill there`,
      );
    }
    return !remote;
  };

  // What a hook has started without awaiting it must not end prekill before the process is killed.
  let leftUncaught = false;
  const stopListening = runtime.onUncaught((error) => {
    leftUncaught = true;
    problems.add(`the pre-kill hook left an error uncaught: ${messageOf(error)}`);
  });
  const result = await runLimited(async (signal) => {
    const hook = await options.hook;
    ran = hook !== undefined && (hook.source === "user" || mayRunBuiltin());
    if (hook === undefined || !ran) return;
    lateMs += performance.now() - startMs;
    const hookContext: PreKillContext = {
      ...context,
      signal,
      builtin: async () => {
        if (!mayRunBuiltin()) return;
        const builtin = await loadBuiltinHook(context.platform.name);
        await builtin?.doPreKill(pid, hookContext, output);
      },
    };
    await hook.doPreKill(pid, hookContext, output);
  }, { limitMs: preKillCommand === undefined ? hookTimeoutMs : hookTimeoutMs / 2, abort: options.abort });
  output.close();
  if (result.kind !== "ok") problems.add(`the pre-kill hook ${result.message}`);
  let status: HookRecord["status"] = result.kind !== "ok" ? result.kind : ran ? "ok" : "skipped";
  let text = output.text();

  if (preKillCommand !== undefined) {
    const leftMs = Math.max(hookTimeoutMs / 2, hookTimeoutMs - (performance.now() - startMs));
    const command = await runPreKillCommand(pid, context, {
      runtime,
      command: preKillCommand,
      timeoutMs: hookTimeoutMs > 0 ? leftMs : Infinity,
      abort: options.abort,
    });
    text += (text === "" ? "" : "\n") + command.text;
    if (command.problem !== undefined) problems.add(command.problem);
    if (status === "skipped" || status === "ok") status = command.kind;
  }

  const document = output.document();
  const written = await writeSample(
    runtime,
    options.sessionDir ?? createSessionDir(runtime, context.sessionDir, performance.timeOrigin),
    { testFile: context.testFile || context.testName, pid, text, document },
  );
  for (const problem of written.problems) problems.add(problem);
  // A hook that was left behind still runs, and may fail at any time.
  if (result.kind !== "timed-out") stopListening();
  if (leftUncaught && status === "ok") status = "failed";
  return {
    reason: context.reason,
    status,
    ms: performance.now() - startMs,
    lateMs,
    message: problems.size === 0 ? undefined : [...problems].join("; "),
    files: written.files,
    diagnosis: diagnosisOf(document),
    unsavedText: written.unsavedText,
  };
}

/** A user's document may be anything: only what looks like a diagnosis is passed on. */
function diagnosisOf(document: HookDocument | undefined): HookRecord["diagnosis"] {
  return typeof document?.diagnosis?.cause === "string" ? document.diagnosis : undefined;
}
