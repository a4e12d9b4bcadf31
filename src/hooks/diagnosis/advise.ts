import { visibleText } from "../../visible_text.ts";
import type { Cause } from "../../sample_document.ts";
import type { Stand } from "./stand.ts";
import { placedFrames } from "./source_place.ts";
import { otherEnds } from "./streams.ts";
import { threadLabel } from "./thread_label.ts";

/**
 * What the reader can try next.
 *
 * @param cause what was found
 * @param stand where the process to blame stands
 * @param isCircular whether the process is awaited by the one it waits for
 * @returns one sentence; undefined where there is nothing to say
 */
export function advise(cause: Cause, stand: Stand, isCircular: boolean): string | undefined {
  const { process, thread, wait } = stand;
  switch (cause) {
    case "cpu-bound":
      if (placedFrames(process, thread, 1).length === 0) {
        return "Look for a loop that does not end, or work that grows with its input; where it is cannot be seen from outside, so let the program print how far it comes.";
      }
      return `Look for a loop that does not end, or work that grows with its input, where ${
        thread.tid === process.pid ? "its stack" : `the stack of its ${threadLabel(process, thread.tid)}`
      } below shows it; a second sample tells whether it moves on.`;
    case "deadlock":
      if (wait.kind === "stream" && wait.direction === "read") {
        return "Before waiting for the answer, flush what was written to the other side, or close the pipe that it reads.";
      }
      return wait.kind === "stream"
        ? "Read and write at the same time (in two threads, or without blocking), so that neither side fills a pipe that the other does not empty."
        : "Take the locks in the same order everywhere, and none twice.";
    case "lock-wait":
      return "Look for the code that should release or signal it: it did so before the wait began, returned early, or never ran.";
    case "file-lock":
      return "End or mend the process that holds the lock, or take the lock with a time limit.";
    case "stdin-wait":
      return "Give it its input, redirect it from /dev/null, or keep it from asking (options such as --yes or --batch).";
    case "pipe-read":
      return isCircular || holdsOtherEnd(stand)
        ? "Close the write end in the process that waits, before it waits."
        : "Find out why the other end does not write, or who else still holds its write end open.";
    case "pipe-write":
      return isCircular
        ? "Read all its output before waiting for its exit, or send its output to a file."
        : "Read the output while it is written, or end the writer when nobody reads any more.";
    case "fifo-open":
      return "Start the process that opens the other side of the FIFO, or open it without blocking (O_NONBLOCK).";
    case "child-wait":
      return wait.kind === "child"
        ? "Look at what the child does."
        : "Start it in a mode that ends by itself (without --watch or -f), or end it when its work is done.";
    case "net-connect":
      return "Check that the server runs, accepts connections and is not cut off by a firewall; give the connection a time limit.";
    case "net-read":
      return "Look at what the server does with this request, and give the request a time limit.";
    case "net-accept":
      return "If its work is done, close the server; else find out why no client comes.";
    case "sleep":
      return "Shorten the wait, or wait for the event itself instead of for the time.";
    case "stopped":
      return process.tracerPid === 0
        ? `\`kill -CONT ${process.pid}\` lets it go on; look for who sent it SIGSTOP, or whether it read the terminal from the background.`
        : "Continue it in the debugger or detach the debugger.";
    case "signal-wait":
      return signalAdvice(stand);
    case "worker-wait":
      return "Look for the message, event or promise that is awaited, and for the path on which nobody sends or settles it.";
    case "disk-wait":
      return "Look at the disk or network file system under its open files (df, dmesg).";
    case "output-held":
      return "Start background processes with their output redirected, or end them before the program exits.";
    case "unknown":
      return undefined;
  }
}

/** A reader that has inherited the write end of its own pipe never sees the end of it. */
function holdsOtherEnd({ process, wait }: Stand): boolean {
  return wait.kind === "stream" && otherEnds(wait.file, "read").includes(process.pid);
}

function signalAdvice({ process, wait }: Stand): string | undefined {
  const signal = wait.kind === "signal" ? wait.signals[0] : undefined;
  if (signal === undefined) return "Find out who should send the signal.";
  const name = visibleText(signal).replace(/^SIG/, "");
  return `Find out who should send ${signal}: \`kill -${name} ${process.pid}\` would wake it; a signal sent before the wait began is lost.`;
}
