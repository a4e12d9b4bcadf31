import type { Runtime } from "../../../runtime/port.ts";
import { readThreadIds } from "../read_thread_ids.ts";
import { waitUnlessAborted } from "../wait_unless_aborted.ts";
import { type JavaProcess, listThreads } from "./java_process.ts";
import { parseThreadDump } from "./parse_thread_dump.ts";
import type { ThreadDump } from "./thread_dump.ts";

const PRINT_MS = 1000;
const POLL_MS = 10;
/** What is read of the output: the dump of a thousand threads. */
const TAIL_BYTES = 1024 * 1024;
/** How much of the output before is looked for in the output after. */
const ANCHOR_LENGTH = 500;
/** Stands at the end of a dump, before what was found about deadlocks. */
const LAST_LINE = "\nJNI global ref";

/**
 * Makes a JVM print its threads to its own output by SIGQUIT, and reads them there. Only for one that handles SIGQUIT
 * and is about to be killed.
 *
 * @param runtime the host
 * @param process the JVM
 * @param options the output as it is when the function is called, and when to stop
 * @returns the dump
 * @throws {Error} that says why there is none
 */
export async function readPrintedDump(
  runtime: Runtime,
  process: JavaProcess,
  { readOutput, signal }: {
    readonly readOutput: (maxBytes: number) => string;
    readonly signal: AbortSignal;
  },
): Promise<ThreadDump> {
  const anchor = readOutput(TAIL_BYTES).slice(-ANCHOR_LENGTH);
  if (runtime.kill(process.pid, "SIGQUIT") !== "sent") throw new Error("it may not be sent a signal");
  const tids = readThreadIds(runtime.files, listThreads(runtime.files, process.pid));
  const endMs = performance.now() + PRINT_MS;
  let before = "";
  while (!signal.aborted && performance.now() < endMs) {
    await waitUnlessAborted(POLL_MS, signal);
    const tail = readOutput(TAIL_BYTES);
    const printed = tail.slice(anchor === "" ? 0 : tail.lastIndexOf(anchor) + 1);
    // What it finds about deadlocks comes after that line, and nothing says whether it will.
    const isStill = printed === before;
    before = printed;
    if (!isStill || !printed.includes(LAST_LINE)) continue;
    const dump = parseThreadDump(printed);
    // Another JVM of the tree may print at the same time.
    if (dump?.threads.every(({ nid }) => tids.has(nid))) return dump;
  }
  throw new Error("it printed its threads where prekill does not see them, if at all");
}
