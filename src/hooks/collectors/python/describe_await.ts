import type { Frame } from "../../../sample_document.ts";

/** What is known of the place where a task is suspended. */
export interface AwaitPlace {
  /** Innermost first, with qualified names. */
  readonly frames: readonly Frame[];
  /** What the innermost one awaits. */
  readonly future?: AwaitedFuture;
  /** How the program calls the object whose method waits, where that is known. */
  readonly objectName?: string;
  /** Parameter of `asyncio.sleep`. */
  readonly delaySeconds?: number;
  /** The child whose end is awaited. */
  readonly childPid?: number;
}

/** The future at the end of a chain. */
export interface AwaitedFuture {
  readonly kind:
    | "task"
    /** Of several tasks, or of one through another future. */
    | "several"
    /** It is set by a thread. */
    | "thread"
    | "plain";
  /** The type of the future, such as `_asyncio.Future`. */
  readonly type: string;
  /** Names of the first tasks that it is about. */
  readonly taskNames: readonly string[];
  readonly taskCount: number;
}

const LIBRARY_FILE = /(?:^|\/)asyncio\/\w+\.py$/;
/** Its tasks are done, and it is about to be. */
const GATHERED = /_GatheringFuture$/;
const NAMES_SHOWN = 3;

/** What waits in functions of asyncio: of a thing that may have a name, or said as a whole. */
const WAITS: readonly (readonly [
  function: RegExp,
  what: { readonly thing: string; readonly before?: string } | string,
])[] = [
  [/^Event\.wait$/, { thing: "asyncio.Event" }],
  [/^Lock\.acquire$/, { thing: "asyncio.Lock" }],
  [/^Condition\.wait(_for)?$/, { thing: "asyncio.Condition" }],
  [/^Semaphore\.acquire$/, { thing: "asyncio.Semaphore" }],
  [/^Barrier\.wait$/, { thing: "asyncio.Barrier" }],
  [/^Queue\.get$/, { before: "an entry in ", thing: "asyncio.Queue" }],
  [/^Queue\.put$/, { before: "room in ", thing: "asyncio.Queue" }],
  [/^Queue\.join$/, { before: "all entries to be done of ", thing: "asyncio.Queue" }],
  [/^StreamReader\./, { before: "data from ", thing: "asyncio.StreamReader" }],
  [/^StreamWriter\.drain$/, { before: "the other end to read from ", thing: "asyncio.StreamWriter" }],
  [/^StreamWriter\.wait_closed$/, { before: "the end of ", thing: "asyncio.StreamWriter" }],
  [/^Server\.serve_forever$/, { before: "clients of ", thing: "asyncio.Server" }],
  [/^Server\.wait_closed$/, { before: "the end of ", thing: "asyncio.Server" }],
  [/^to_thread$/, "a call in another thread"],
  [/\.(getaddrinfo|getnameinfo)$/, "the name service, asked in another thread"],
  [/\.(sock_connect|create_connection|create_unix_connection)$/, "a connection"],
  [/\.sock_accept$/, "a client"],
  [/\.sock_recv(_into|from|from_into)?$/, "data from a socket"],
  [/\.sock_send(all|to|file)$/, "a socket to take data"],
];
const SLEEP = /^sleep$/;
const CHILD = /^(Process\.(wait|communicate)|BaseSubprocessTransport\._wait)$/;

/** Whether a frame is one of asyncio's own. */
export function isLibraryFrame({ file }: Frame): boolean {
  return LIBRARY_FILE.test(file ?? "");
}

/**
 * The function of asyncio that a program called and in which it is suspended.
 *
 * @param frames of the task, innermost first
 * @returns its index, that of the outermost one that says for what; undefined when there is none
 */
export function findLibraryWait(frames: readonly Frame[]): number | undefined {
  const end = frames.findIndex((frame) => !isLibraryFrame(frame));
  const inside = frames.slice(0, end < 0 ? frames.length : end);
  const index = inside.findLastIndex(({ function: name }) =>
    SLEEP.test(name) || CHILD.test(name) || WAITS.some(([pattern]) => pattern.test(name))
  );
  return index < 0 ? undefined : index;
}

/**
 * Says what a suspended task waits for.
 *
 * @param place where it is suspended
 * @returns words that fit after "waits for"; undefined when nothing can be told
 */
export function describeAwait(place: AwaitPlace): string | undefined {
  const index = findLibraryWait(place.frames);
  const called = index === undefined ? undefined : place.frames[index]!.function;
  if (called !== undefined) return describeCall(called, place);
  const { future } = place;
  switch (future?.kind) {
    case undefined:
      return undefined;
    case "task":
      return future.taskNames[0] ?? "another task";
    case "several":
      return listNames(future);
    case "thread":
      return "a call in another thread";
    case "plain": {
      if (GATHERED.test(future.type)) return "asyncio.gather";
      const type = future.type.replace(/^_asyncio\./, "asyncio.");
      return `${withArticle(type)} that nothing has set yet`;
    }
  }
}

function describeCall(
  called: string,
  { objectName, delaySeconds, childPid }: AwaitPlace,
): string | undefined {
  if (SLEEP.test(called)) {
    return delaySeconds === undefined ? "asyncio.sleep" : `asyncio.sleep(${delaySeconds})`;
  }
  if (CHILD.test(called)) {
    return childPid === undefined ? "the end of a child process" : `the end of child process ${childPid}`;
  }
  const what = WAITS.find(([pattern]) => pattern.test(called))?.[1];
  if (what === undefined || typeof what === "string") return what;
  const thing = objectName === undefined ? withArticle(what.thing) : `the ${what.thing} ${objectName}`;
  return `${what.before ?? ""}${thing}`;
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`;
}

function listNames({ taskNames, taskCount }: AwaitedFuture): string | undefined {
  const shown = taskNames.slice(0, NAMES_SHOWN);
  const rest = taskCount - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${rest} more ${rest === 1 ? "task" : "tasks"}`;
  return shown.length < 2 ? shown[0] : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
