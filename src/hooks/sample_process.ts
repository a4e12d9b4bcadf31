import { HostError, UsageError } from "../errors.ts";
import { host } from "../runtime/host.ts";
import type { Runtime } from "../runtime/port.ts";
import type { SampleDocument } from "../sample_document.ts";
import { diagnose } from "./diagnosis/diagnose.ts";
import { loadBuiltinHook } from "./load_builtin_hook.ts";
import { toSampleDocument } from "./sample/to_document.ts";

const DEFAULT_SAMPLE_TIME_MS = 1000;

/** How to look at a live process. */
export interface SampleProcessOptions {
  /** From the first to the last snapshot, 1 s when undefined. */
  readonly sampleTimeMs?: number | undefined;
  /** Include the environment, with secret-looking values redacted; Linux only. */
  readonly sampleEnvironment?: boolean | undefined;
  /** Only read what the kernel and memory show, without debuggers and questions to runtimes; Linux only. */
  readonly readOnly?: boolean | undefined;
  /** Aborted when there is no time left: what has been seen by then is the result. */
  readonly signal?: AbortSignal | undefined;
  /** The host; that of this program when undefined. */
  readonly runtime?: Runtime | undefined;
}

/**
 * Explains what a live process and its descendants are doing or waiting for, and leaves them running.
 *
 * @param pid the process
 * @param options time and extent
 * @returns the sample; of processes that end or refuse to be looked into, what could be seen
 * @throws {UsageError} when the number is none of a process, or prekill's own
 * @throws {HostError} when there is no such process, nothing at all is shown of it, it ended before anything was seen, or
 * prekill knows no way to look at processes of this operating system
 * @example Explain a program that sleeps
 * ```ts
 * import { sampleProcess } from "./sample_process.ts";
 *
 * const sleeper = new Deno.Command("sleep", { args: ["60"] }).spawn();
 * const { diagnosis } = await sampleProcess(sleeper.pid, { sampleTimeMs: 50 });
 * sleeper.kill();
 * await sleeper.status;
 * if (diagnosis.pid !== sleeper.pid) throw new Error("unexpected");
 * ```
 */
export async function sampleProcess(
  pid: number,
  options: SampleProcessOptions = {},
): Promise<SampleDocument> {
  const runtime = options.runtime ?? host;
  const fail = (reason: string): HostError => new HostError(`Cannot sample the process "${pid}": ${reason}`);
  if (!Number.isInteger(pid) || pid <= 0) {
    throw new UsageError(`Cannot sample the process "${pid}": give the number of a process, as ps shows it`);
  }
  if (pid === runtime.pid) {
    throw new UsageError(
      `Cannot sample the process "${pid}": it is prekill itself; give the number of another one`,
    );
  }
  const builtin = await loadBuiltinHook(runtime.os);
  if (builtin === undefined) throw fail(`prekill cannot look into processes on ${runtime.os}`);
  // Windows refuses the question for many processes that its own tools may look at.
  const there = runtime.os === "windows" ? "sent" : runtime.kill(pid, undefined);
  if (there === "gone") throw fail("there is no such process; ps shows those that run");
  // Of others' processes Linux shows at least what they are and how busy.
  if (there === "denied" && runtime.files.readText(`/proc/${pid}/stat`) === undefined) {
    throw fail("it belongs to another user; run prekill as that user or as root");
  }

  const sampleTimeMs = options.sampleTimeMs ?? DEFAULT_SAMPLE_TIME_MS;
  const facts = await builtin.collect({
    runtime,
    rootPid: pid,
    // Only a leader's pid can be the number of a session.
    ownsSession: true,
    cookie: "",
    seen: [],
    outputPipes: [],
    sampleTimeMs,
    signal: options.signal ?? new AbortController().signal,
    environment: options.sampleEnvironment,
    readOnly: options.readOnly,
  });
  const root = facts.processes.find((process) => process.pid === pid);
  if (facts.processes.length === 0) throw fail("it ended before anything could be seen");
  return toSampleDocument(facts, diagnose(facts), {
    testName: root?.name ?? String(pid),
    testFile: "",
    command: root?.command ?? [],
    cwd: root?.cwd ?? "",
    attempt: 1,
    reason: "manual",
    elapsedMs: root?.ageMs ?? 0,
    outputTail: "",
    sampleEnvironment: options.sampleEnvironment ?? false,
  });
}
