import type { Runtime } from "../../../runtime/port.ts";
import type { Stack } from "../../../sample_document.ts";
import type { LoopTimer, TaskFacts } from "../../language_facts.ts";
import { waitUnlessAborted } from "../wait_unless_aborted.ts";
import { describeProgram } from "./describe_program.ts";
import { type InspectorClient, openInspector } from "./inspector_client.ts";
import { readListeningPorts } from "./javascript_process.ts";
import { lookAtWorkers, type WorkerLook } from "./look_at_workers.ts";
import { lookIntoProgram } from "./look_into_program.ts";
import { pauseProgram } from "./pause_program.ts";
import type { SourceLookup } from "./source_lookup.ts";

/** What the inspector of one process showed. */
export interface JavaScriptLook {
  /** Name and version; undefined when it did not say. */
  readonly runtime?: string | undefined;
  /** What its event loop keeps, in words; undefined when it did not say. */
  readonly resources?: readonly string[] | undefined;
  /** The program's own timers that keep its main thread's loop; undefined when they are not known. */
  readonly timers?: readonly LoopTimer[] | undefined;
  /** Of its main thread, when that ran JavaScript. */
  readonly stack?: Stack | undefined;
  /** Functions of its main thread that are suspended at an `await`. */
  readonly tasks: readonly TaskFacts[];
  readonly workers: readonly WorkerLook[];
  /** Threads that serve an inspector that was open before. */
  readonly inspectorThreads?: readonly number[] | undefined;
  /** Whether another debugger holds it at a breakpoint. */
  readonly wasPaused: boolean;
}

/** Which process, and how its inspector is reached. */
export interface LookOptions {
  readonly pid: number;
  readonly port: number;
  /** Whether the main thread waits in its event loop, so that there are no call frames. */
  readonly isIdle: boolean;
  /** Whether the inspector was opened for this look, and so is closed again. */
  readonly closeAfter: boolean;
  /** Finds its sources. */
  readonly lookup: SourceLookup;
}

const CLOSE_MS = 500;
const POLL_MS = 5;

/**
 * Closes the inspector. To open it Node sets off both an interrupt of running code and an event for the loop: when busy
 * code saw the first, the loop opens it anew once it gets there, and it is closed a second time then.
 */
const CLOSE_EXPRESSION = "setImmediate(() => process._debugEnd?.()); process._debugEnd?.()";

/**
 * Asks a process through its open inspector what its event loop keeps and, unless it is idle, where it is.
 *
 * @param runtime the host
 * @param options which process
 * @param signal aborted when time is up
 * @returns what it showed. The process runs on and the inspector is as it was before
 * @throws {Error} when there is no inspector, or the process does not answer
 */
export async function lookIntoProcess(
  runtime: Runtime,
  options: LookOptions,
  signal: AbortSignal,
): Promise<JavaScriptLook> {
  let client: InspectorClient | undefined;
  try {
    client = await openInspector(runtime, options.port, signal);
    const look = await askProcess(client, options, signal);
    if (look === undefined) throw new Error("its main thread does not answer: it is busy in native code");
    return look;
  } finally {
    if (options.closeAfter) await closeInspector(runtime, client, options);
    client?.close();
  }
}

async function askProcess(
  client: InspectorClient,
  { isIdle, lookup }: LookOptions,
  signal: AbortSignal,
): Promise<JavaScriptLook | undefined> {
  const look = await lookIntoProgram(client);
  if (look === undefined) return undefined;
  const isBusy = look.frames.length > 0;
  // Only code that runs can be at a breakpoint. A loop that was awake for a moment runs nothing that could be paused.
  const paused = isBusy || !isIdle ? await pauseProgram(client, isBusy, signal) : undefined;
  const frames = isBusy ? look.frames : paused?.frames ?? [];
  const described = await describeProgram(client, { ...look, frames }, lookup, "await ");
  // Only Node knows this domain; a program whose worker sends it nothing does not show that it has one.
  const workers = look.engine === "deno" ? [] : await lookAtWorkers(client, lookup, signal);
  return {
    ...described,
    runtime: look.runtime,
    resources: described.resources &&
      [...described.resources, ...workers.map((worker) => worker.description)],
    workers,
    wasPaused: paused?.wasPaused ?? false,
  };
}

/**
 * A process that does not answer gets the request all the same, for when it does. Has a time of its own: an inspector
 * stays open for nobody.
 */
async function closeInspector(
  runtime: Runtime,
  client: InspectorClient | undefined,
  { pid, port }: LookOptions,
): Promise<void> {
  const timeUp = new AbortController();
  const timer = setTimeout(() => timeUp.abort(), CLOSE_MS);
  const { signal } = timeUp;
  const closer = client ?? await openInspector(runtime, port, signal).catch(() => undefined);
  if (closer !== undefined) {
    const told = closer.tell("Runtime.evaluate", { expression: CLOSE_EXPRESSION, silent: true });
    await Promise.race([told.then(() => closer.closed), waitUnlessAborted(Infinity, signal)]);
    closer.close();
  }
  // The next process needs the port.
  while (!signal.aborted && readListeningPorts(runtime.files, pid).own.includes(port)) {
    await waitUnlessAborted(POLL_MS, signal);
  }
  clearTimeout(timer);
}
