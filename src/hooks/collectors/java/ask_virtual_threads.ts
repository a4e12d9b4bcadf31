import type { Runtime } from "../../../runtime/port.ts";
import type { TaskFacts } from "../../language_facts.ts";
import { askJava } from "./ask_java.ts";
import { type JavaProcess, socketPath } from "./java_process.ts";
import { parseVirtualThreads } from "./parse_virtual_threads.ts";

/**
 * Asks a JVM for its virtual threads, which no thread dump lists. It can only write them to a file: one with a name of
 * its own in its folder for temporary files, which is removed again.
 *
 * @param runtime the host
 * @param process a JVM that listens
 * @param signal once it is aborted, no answer is waited for
 * @returns those in the same place as one
 * @throws {Error} that says why there are none
 */
export async function askVirtualThreads(
  runtime: Runtime,
  process: JavaProcess,
  signal: AbortSignal,
): Promise<readonly TaskFacts[]> {
  const path = `/tmp/prekill-${crypto.randomUUID()}.json`;
  const here = `/proc/${process.pid}/root${path}`;
  try {
    await askJava(runtime, {
      path: socketPath(process),
      command: "jcmd",
      argument: `Thread.dump_to_file -format=json ${path}`,
      signal,
    });
    const text = runtime.files.readText(here);
    if (text === undefined) throw new Error(`its file ${path} ${runtime.files.explainUnreadable(here)}`);
    const tasks = parseVirtualThreads(text);
    if (tasks === undefined) throw new Error("it wrote nonsense");
    return tasks;
  } finally {
    runtime.files.remove(here);
  }
}
