import { messageOf } from "../../../errors.ts";
import type { Runtime } from "../../../runtime/port.ts";
import { hasEnded } from "../has_ended.ts";
import { waitUnlessAborted } from "../wait_unless_aborted.ts";
import { type JavaProcess, socketPath } from "./java_process.ts";

const OPEN_MS = 1000;
const POLL_MS = 2;

/**
 * Makes a JVM listen for tools, as `jcmd` does: it gets SIGQUIT while a file with its number is there. From then on one
 * more thread of it waits for questions; nothing else changes. The file is removed in any case.
 *
 * @param runtime the host
 * @param process a JVM that handles SIGQUIT and does not listen yet
 * @param signal ends the wait
 * @throws {Error} that says why it does not listen
 */
export async function openAttachListener(
  runtime: Runtime,
  process: JavaProcess,
  signal: AbortSignal,
): Promise<void> {
  const { files } = runtime;
  const { pid } = process;
  const path = createTrigger(runtime, process);
  try {
    if (runtime.kill(pid, "SIGQUIT") !== "sent") throw new Error("it may not be sent a signal");
    const endMs = performance.now() + OPEN_MS;
    while (files.stat(socketPath(process)) === undefined) {
      if (hasEnded(files, pid)) throw new Error("the process has ended");
      if (signal.aborted || performance.now() > endMs) {
        throw new Error("it did not answer SIGQUIT: it is busy, or starved of processor time");
      }
      await waitUnlessAborted(POLL_MS, signal);
    }
  } finally {
    files.remove(path);
  }
}

/** In the folder for temporary files, where it disturbs nobody, else in the working directory of the process. */
function createTrigger({ files }: Runtime, { pid, ownPid }: JavaProcess): string {
  const problems: string[] = [];
  for (const directory of [`/proc/${pid}/root/tmp`, `/proc/${pid}/cwd`]) {
    const path = `${directory}/.attach_pid${ownPid}`;
    try {
      files.create(path, new Uint8Array(0));
      return path;
    } catch (error) {
      problems.push(messageOf(error));
    }
  }
  throw new Error(problems[0]);
}
