import { messageOf } from "../errors.ts";
import type { Exit } from "../outcome.ts";
import { type CollectedText, collectText } from "./collect_text.ts";
import type { Child, Runtime } from "./port.ts";
import { SpawnError } from "./port.ts";

/** A tool to run for its output. */
export interface RunToolOptions {
  /** A path, or a name to look up in `PATH`. */
  readonly program: string;
  /** Its arguments, without the program. */
  readonly args: readonly string[];
  /** The whole environment; the caller's when undefined. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Working directory; the caller's when undefined. */
  readonly cwd?: string | undefined;
  /** 0 or less: there is no time, so it is not started; `Infinity` for no limit. */
  readonly timeoutMs: number;
  /** Output of both streams together that is kept, 16 MiB when undefined; a tool that writes more is killed. */
  readonly maxBytes?: number | undefined;
  /** Aborting it kills the tool. */
  readonly signal?: AbortSignal | undefined;
}

/** What came of it. */
export interface ToolResult {
  /**
   * `ok`: it exited 0. `missing`: there is no such program. `timeout`: the time was up or the signal aborted.
   * `failed`: anything else; `exit` or `stderr` says what.
   */
  readonly status: "ok" | "missing" | "failed" | "timeout";
  /** Undefined when it was not started, or could not be ended. */
  readonly exit?: Exit | undefined;
  /** What it wrote there until it ended or was killed. */
  readonly stdout: string;
  /** What it wrote there, or why it was not started or was killed. */
  readonly stderr: string;
  /** How long it took, starting included. */
  readonly ms: number;
}

const DEFAULT_MAX_BYTES = 16 * 1024 * 1024;
/** How long a grandchild may hold the output after the tool's exit, and a killed tool may take to be gone. */
const LINGER_MS = 200;
/** The longest that `setTimeout` can wait. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Runs a tool and collects its output. It gets a session of its own, so that all of it can be killed; its standard
 * input is `/dev/null`. Nothing is left running that stayed in its process group when it is killed.
 *
 * @param runtime the host
 * @param options what to run and how long
 * @returns what came of it; never rejects
 */
export async function runTool(runtime: Runtime, options: RunToolOptions): Promise<ToolResult> {
  const startMs = performance.now();
  const result = (status: ToolResult["status"], rest: Partial<ToolResult>): ToolResult => (
    { status, stdout: "", stderr: "", ...rest, ms: performance.now() - startMs }
  );
  if (options.timeoutMs <= 0 || options.signal?.aborted) {
    return result("timeout", { stderr: "there was no time left to start it" });
  }
  let child: Child;
  try {
    child = runtime.spawn({ ...options, newSession: true, stdin: "null", stdout: "piped", stderr: "piped" });
  } catch (error) {
    const missing = error instanceof SpawnError && error.reason === "not-found";
    return result(missing ? "missing" : "failed", { stderr: messageOf(error) });
  }
  const watch = watchTool(runtime, child, options);
  const exit = await Promise.race([child.exited, watch.givenUp]);
  watch.exited();
  const { stdout, stderr } = watch;
  await within(LINGER_MS, Promise.all([stdout.ended, stderr.ended]));
  stdout.stop();
  stderr.stop();
  const output = { exit, stdout: stdout.text(), stderr: stderr.text() };
  if (watch.stopped() === "timeout") return result("timeout", output);
  if (watch.stopped() === "too-much") {
    return result("failed", { ...output, stderr: "it wrote more than there is room for, and was ended" });
  }
  return result(exit?.kind === "exited" && exit.code === 0 ? "ok" : "failed", output);
}

type StopReason = "timeout" | "too-much";

interface Watch {
  readonly stdout: CollectedText;
  readonly stderr: CollectedText;
  /** Resolves when the killed tool does not go away. */
  readonly givenUp: Promise<undefined>;
  stopped(): StopReason | undefined;
  /** To be called on its exit, after which its pid may be another's. */
  exited(): void;
}

/** Kills the tool when its time or room is used up. */
function watchTool(runtime: Runtime, child: Child, options: RunToolOptions): Watch {
  const { timeoutMs, maxBytes = DEFAULT_MAX_BYTES, signal } = options;
  const watching = new AbortController();
  let stopped: StopReason | undefined;
  let giveUp: (nothing: undefined) => void;
  const givenUp = new Promise<undefined>((resolve) => giveUp = resolve);
  const after = (ms: number, action: () => void): void => {
    const timer = setTimeout(action, ms);
    watching.signal.addEventListener("abort", () => clearTimeout(timer));
  };
  const stop = (reason: StopReason): void => {
    if (stopped !== undefined || watching.signal.aborted) return;
    stopped = reason;
    runtime.kill(runtime.os === "windows" ? child.pid : -child.pid, "SIGKILL");
    after(LINGER_MS, () => giveUp(undefined));
  };
  let roomBytes = maxBytes;
  const onChunk = (byteCount: number): boolean => {
    roomBytes -= byteCount;
    if (roomBytes < 0) stop("too-much");
    return roomBytes >= 0;
  };
  if (timeoutMs <= MAX_TIMER_MS) after(timeoutMs, () => stop("timeout"));
  signal?.addEventListener("abort", () => stop("timeout"), { signal: watching.signal });
  return {
    stdout: collectText(child.stdout!, onChunk),
    stderr: collectText(child.stderr!, onChunk),
    givenUp,
    stopped: () => stopped,
    exited: () => watching.abort(),
  };
}

/** Waits for a promise, but not longer. */
async function within(ms: number, promise: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([promise, new Promise((resolve) => timer = setTimeout(resolve, ms))]);
  clearTimeout(timer);
}
