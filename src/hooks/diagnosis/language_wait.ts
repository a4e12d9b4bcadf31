import type { ProcessFacts, ThreadFacts } from "../facts.ts";
import type { LanguageThread, LanguageWait } from "../language_facts.ts";
import { isAwake } from "./is_awake.ts";
import { lockHolders, type LockOwner } from "./lock_holders.ts";
import type { ThreadWait } from "./thread_wait.ts";
import type { TreeIndex } from "./tree_index.ts";

/** What a runtime calls its own big lock, and how it says who has it. */
const INTERPRETER_LOCK = { id: "interpreter lock", type: "interpreter lock", isCertain: true };
const WAITS_FOR_INTERPRETER = /waits for the (interpreter lock|GIL)/i;
const HOLDS_INTERPRETER = /holds the (interpreter lock|GIL)/i;
/** Locks that whoever holds them may take again. */
const IS_REENTRANT = /RLock|Reentrant|Monitor/;
/** Nobody needs to know more than this many holders of one lock. */
const MAX_OWNERS = 64;

/**
 * What a thread waits for, in the view of its language: where the kernel shows nothing but a futex or cannot tell, the
 * runtime knows which lock, queue or thread it is. What the kernel tells of files and children stands.
 *
 * @param index the tree
 * @param process whose thread
 * @param thread the thread
 * @param kernel its wait as the kernel shows it
 * @returns the better of the two
 */
export function languageWait(
  index: TreeIndex,
  process: ProcessFacts,
  thread: ThreadFacts,
  kernel: ThreadWait,
): ThreadWait {
  if (kernel.kind !== "lock" && kernel.kind !== "other" && kernel.kind !== "join") return kernel;
  const language = thread.language;
  const wait = language?.wait;
  if (wait === undefined) {
    if (WAITS_FOR_INTERPRETER.test(language?.state ?? "")) return interpreterLock(process, thread);
    // Its runtime found it at work, and it did not stay where the kernel saw it.
    const isAtWork = language !== undefined && language.isInternal !== true && kernel.kind === "lock" &&
      kernel.ownerTid === undefined && isAwake(index.facts, thread);
    return isAtWork ? { kind: "moving" } : kernel;
  }
  const timeoutMs =
    (mayEndByItself(language, wait) && kernel.kind === "lock" ? kernel.timeoutMs : undefined) ??
      wait.timeoutMs;
  switch (wait.kind) {
    case "io":
    case "other":
      return kernel;
    case "sleep":
      return { kind: "sleep", durationMs: timeoutMs };
    case "join": {
      if (kernel.kind === "join") return kernel;
      const tid = wait.ownerTids?.find((owner) => owner !== thread.tid && isAlive(index, process, owner));
      if (tid !== undefined && timeoutMs === undefined) return { kind: "join", tid };
      return { kind: "inner", what: "join", on: wait.on, owners: [], timeoutMs };
    }
    default:
      return {
        kind: "inner",
        what: wait.kind,
        on: wait.on,
        owners: ownersOf(process, thread, wait, kernel).filter(({ tid }) => isAlive(index, process, tid)),
        timeoutMs,
      };
  }
}

/** Whom the runtime names, those that hold the lock, and whom the kernel's mutex names; each once. */
function ownersOf(
  process: ProcessFacts,
  thread: ThreadFacts,
  wait: LanguageWait,
  kernel: ThreadWait,
): readonly LockOwner[] {
  const owners = new Map<number, LockOwner>();
  for (const tid of wait.ownerTids ?? []) owners.set(tid, { tid, isCertain: true });
  if (wait.kind === "lock" && wait.on !== undefined) {
    for (const owner of lockHolders(process, wait.on.id)) {
      if (owner.isCertain || !owners.has(owner.tid)) owners.set(owner.tid, owner);
    }
    if (owners.size === 0 && kernel.kind === "lock" && kernel.ownerTid !== undefined) {
      owners.set(kernel.ownerTid, { tid: kernel.ownerTid, isCertain: true });
    }
    const isReentrant = thread.language?.language === "java" || IS_REENTRANT.test(wait.on.type);
    if (isReentrant) owners.delete(thread.tid);
  }
  return [...owners.values()].slice(0, MAX_OWNERS);
}

/** HotSpot looks at a monitor from time to time by itself: a timeout of the kernel's is none of the program's. */
function mayEndByItself(language: LanguageThread | undefined, { kind, timeoutMs }: LanguageWait): boolean {
  if (language?.language !== "java" || kind === "sleep") return true;
  return timeoutMs !== undefined || /TIMED/.test(language.state ?? "");
}

function interpreterLock(process: ProcessFacts, thread: ThreadFacts): ThreadWait {
  const owners = process.threads
    .filter((other) => other.tid !== thread.tid && HOLDS_INTERPRETER.test(other.language?.state ?? ""))
    .map(({ tid }) => ({ tid, isCertain: true }));
  return { kind: "inner", what: "lock", on: INTERPRETER_LOCK, owners: owners.slice(0, 1) };
}

function isAlive(index: TreeIndex, process: ProcessFacts, tid: number): boolean {
  const place = index.thread(tid);
  return place?.process === process && !/[ZXx]$/.test(place.thread.states);
}
