import type { LanguageLock, LanguageWait } from "../../language_facts.ts";
import type { DumpObject, DumpThread } from "./thread_dump.ts";

type WaitKind = LanguageWait["kind"];
/** A wait without those who can end it. */
type JavaWait = Pick<LanguageWait, "kind" | "on">;

const LIBRARY = /^(?:java|javax|jdk|sun|com\.sun)\./;
/** Which kind of wait it is when a thread waits at an object of a class, or in a method of it. */
const KINDS: readonly (readonly [RegExp, WaitKind])[] = [
  [/^java\.util\.concurrent\.locks\.(?:ReentrantLock|ReentrantReadWriteLock|StampedLock)\b/, "lock"],
  [/^java\.util\.concurrent\.(?:CountDownLatch|CyclicBarrier|Phaser)\b/, "latch"],
  [/^java\.util\.concurrent\.Semaphore\b/, "semaphore"],
  [/^java\.util\.concurrent\.(?:CompletableFuture|FutureTask|ForkJoinTask)\b/, "future"],
  [/^java\.util\.concurrent\.(?:ForkJoinPool(?!\.\w*[bB]lock)|(?:\w+\$)?\w*(?:Queue|Deque))\b/, "queue"],
  [/^java\.lang\.ref\.ReferenceQueue\b/, "queue"],
];
/** Methods whose wait is known, although the object that they wait at is another one in each version of Java. */
const METHODS: readonly (readonly [RegExp, WaitKind, string | undefined])[] = [
  [/^java\.lang\.VirtualThread\.join(?:Nanos)?$/, "join", "java.lang.VirtualThread"],
  [/^java\.lang\.Thread\.join$/, "join", undefined],
  [/^java\.lang\.(?:ProcessImpl|UNIXProcess|Process)\.waitFor$/, "other", "java.lang.Process"],
  // Where virtual threads wait for files and sockets.
  [/^sun\.nio\.ch\.Poller\./, "io", undefined],
];
const CONDITION = /^java\.util\.concurrent\.locks\.Abstract\w+\$ConditionObject$/;
const EXCLUSIVE =
  /\.AbstractQueued(?:Long)?Synchronizer\.(?:acquireQueued|doAcquireInterruptibly|doAcquireNanos)$/;
/** Native methods that wait for somebody outside. */
const IO = /^(?:java\.net|sun\.nio|sun\.net|java\.io|jdk\.internal\.io|jdk\.net)\./;
const SLEEP = /^java\.lang\.Thread\.sleep/;

/**
 * What a thread waits for, told by its state, by the object that it waits at, and by the library's methods that it is in.
 *
 * @param thread of a dump
 * @returns undefined when it runs, or nothing can be told
 */
export function javaWaitOf(thread: DumpThread): JavaWait | undefined {
  switch (/^[A-Z_]+/.exec(thread.state ?? "")?.[0]) {
    case "BLOCKED":
      return { kind: "lock", on: toJavaLock(awaitedObject(thread)) };
    case "RUNNABLE": {
      const top = thread.frames[0];
      return top?.isNative && IO.test(top.function) ? { kind: "io" } : undefined;
    }
    case "WAITING":
    case "TIMED_WAITING":
      return suspendedWait(thread);
    default:
      return undefined;
  }
}

/**
 * The object that a thread waits at, or wants to lock.
 *
 * @param thread of a dump
 * @returns undefined when it waits at none, or the dump does not say
 */
export function awaitedObject(thread: DumpThread): DumpObject | undefined {
  const lines = thread.frames.flatMap(({ locks }) => locks).filter(({ action }) => action !== "locked");
  // Where compiled code has lost the object, a line further out may still know it.
  return lines.find(({ id }) => id !== undefined) ?? lines[0];
}

/**
 * An object as the facts have it: of the library's locks the class that programs use, not the one inside.
 *
 * @param object of a dump
 * @returns undefined when the dump does not tell which object it is
 */
export function toJavaLock(object: DumpObject | undefined): LanguageLock | undefined {
  if (object?.id === undefined) return undefined;
  const type = CONDITION.test(object.type)
    ? "java.util.concurrent.locks.Condition"
    : object.type.replace(/^(java\.util\.concurrent\.[\w.]+)\$.*$/, "$1");
  return { id: object.id, type, isCertain: true };
}

function suspendedWait(thread: DumpThread): JavaWait {
  const { frames } = thread;
  const end = frames.findIndex(({ function: name }) => !LIBRARY.test(name));
  // What the program itself has called, and all that this led to.
  const methods = frames.slice(0, end < 0 ? undefined : end).map(({ function: name }) => name);
  if (methods.some((name) => SLEEP.test(name))) return { kind: "sleep" };
  const object = awaitedObject(thread);
  const on = toJavaLock(object);
  for (const [pattern, kind, type] of METHODS) {
    if (!methods.some((name) => pattern.test(name))) continue;
    return { kind, on: type === undefined || on === undefined ? on : { ...on, type } };
  }
  const kindOf = (name: string): WaitKind | undefined => KINDS.find(([pattern]) => pattern.test(name))?.[1];
  const isCondition = object === undefined || CONDITION.test(object.type);
  const byType = isCondition ? undefined : kindOf(object.type);
  if (byType !== undefined) return { kind: byType, on };
  const method = methods.find((name) => !["lock", undefined].includes(kindOf(name)));
  if (method !== undefined) {
    return { kind: kindOf(method)!, on: on === undefined ? undefined : { ...on, type: classOf(method) } };
  }
  if (methods.some((name) => EXCLUSIVE.test(name))) return { kind: "lock", on };
  return { kind: object === undefined ? "other" : "condition", on };
}

/** The class of a method, without the classes inside it. */
function classOf(method: string): string {
  return method.slice(0, method.lastIndexOf(".")).replace(/\$.*$/, "");
}
