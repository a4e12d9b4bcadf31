import type { ProcessFacts } from "../facts.ts";
import { isJobServer } from "./job_server.ts";
import type { ThreadWait } from "./thread_wait.ts";
import type { TreeIndex } from "./tree_index.ts";

/** Pauses between two looks at a file that is followed. */
const MAX_LOOK_PAUSE_MS = 60_000;
const FOLLOWS = /^(-[a-zA-Z0-9]*[fF]|--follow(=.*)?)$/;

/**
 * What a wait means in programs that everybody has: a shell that sleeps until a child ends, make that wants a token for
 * one more job while its own run, and `tail -f` that looks at a file from time to time where inotify does not work.
 *
 * @param index the tree
 * @param process whose thread
 * @param wait its wait as the kernel shows it
 * @returns the wait in the program's own terms
 */
export function knownProgramWait(index: TreeIndex, process: ProcessFacts, wait: ThreadWait): ThreadWait {
  const hasChildren = index.liveChildren(process.pid).length > 0;
  switch (wait.kind) {
    case "signal":
      // Who sleeps until SIGCHLD and has children waits for them: dash's `wait`, GNU timeout.
      return hasChildren && wait.signals.includes("SIGCHLD") ? { kind: "child" } : wait;
    case "stream":
      return hasChildren && wait.direction === "read" && isJobServer(index, process, wait.file)
        ? { kind: "child", isOrToken: true }
        : wait;
    case "sleep":
      return (wait.durationMs ?? Infinity) <= MAX_LOOK_PAUSE_MS ? followedFiles(process) ?? wait : wait;
    default:
      return wait;
  }
}

function followedFiles({ name, command }: ProcessFacts): ThreadWait | undefined {
  const args = command.slice(1);
  if (name !== "tail" || !args.some((arg) => FOLLOWS.test(arg))) return undefined;
  const paths = args.filter((arg) => !arg.startsWith("-") && !/^[+\d]+$/.test(arg));
  return { kind: "watch", paths, isByLooks: true };
}
