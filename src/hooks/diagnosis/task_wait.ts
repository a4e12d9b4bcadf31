import type { TaskFacts } from "../language_facts.ts";

/** What kind of thing a task waits for. */
export type TaskWait =
  | "connect"
  /** Data of a file, a socket or a pipe, or somebody to take them. */
  | "stream"
  | "child"
  /** A call that another thread makes for it. */
  | "thread"
  /** A future or something else that anybody may settle. */
  | "future"
  | "sleep"
  | "lock"
  /** An event, a queue or a channel. */
  | "message"
  /** Clients, as servers do all the time. */
  | "clients"
  | "signal"
  /** It runs, or could. */
  | "nothing";

/** By the words of the collectors, the first that fits. */
const BY_WORDS: readonly (readonly [RegExp, TaskWait])[] = [
  [/^(asyncio\.sleep|the end of (?:a|its) sleep|a timer)\b/, "sleep"],
  [/\bchild process\b/, "child"],
  [/\bin another thread\b/, "thread"],
  [/^clients\b|^a client\b|^somebody to connect\b/, "clients"],
  [/^a signal\b/, "signal"],
  [/^a connection\b|\bconnect\b/, "connect"],
  [
    /\b(Mutex|RWMutex|Lock|Semaphore|semaphore|Cond|WaitGroup|\w*(?:Lock|Latch|Semaphore)(?:\$\w+)?)\b/,
    "lock",
  ],
  [/\b(Event|Queue|Barrier|Condition|channel|select|message)\b/, "message"],
  [
    /^(data from|something to read|input or output|its output|the other end|a socket)\b|\b(fetch|response)\b/,
    "stream",
  ],
];
/** Goroutines inside an exchange of HTTP wait for the others that read and write for them. */
const HTTP_EXCHANGE = /^net\/http\.\(\*(persistConn|Transport|http2\w+)\)\./;
const IDLE_STATES = /^(running|runnable|ready|idle)\b/;
const SLEEP_SECONDS = /^asyncio\.sleep\(([\d.]{1,12})\)$/;

/**
 * Tells what kind of thing a task waits for.
 *
 * @param task the task
 */
export function taskWait({ kind, language, state, waitsFor, frames }: TaskFacts): TaskWait {
  if (IDLE_STATES.test(state)) return "nothing";
  if (kind === "goroutine" && frames.some((frame) => HTTP_EXCHANGE.test(frame.function))) return "stream";
  if (waitsFor === undefined) return "future";
  if (kind === "task" && language === "javascript") return expressionWait(waitsFor);
  return BY_WORDS.find(([pattern]) => pattern.test(waitsFor))?.[1] ?? "future";
}

/** These are the program's own words, the expression that is awaited: only names of the platform say what it is. */
function expressionWait(expression: string): TaskWait {
  if (/^fetch\(/.test(expression)) return "stream";
  return /^(new Promise\b.*\b)?setTimeout\(/.test(expression) ? "sleep" : "future";
}

/**
 * For how long a task sleeps in all, where its words tell that.
 *
 * @param task the task
 */
export function taskSleepMs({ waitsFor }: TaskFacts): number | undefined {
  const seconds = SLEEP_SECONDS.exec(waitsFor ?? "")?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}
