import { formatDuration } from "../../duration.ts";
import type { Facts, ProcessFacts, ThreadFacts } from "../facts.ts";
import type { Conclusion } from "./conclusion.ts";
import { isAwake } from "./is_awake.ts";
import { frameText } from "./source_place.ts";
import { type StackMotion, stackMotion } from "./stack_motion.ts";
import { starvation } from "./starvation.ts";

/** Whether the process to blame moves, and since when it does not. */
export interface Pace {
  /** What the summary says of it at its end: empty, or beginning with a comma, semicolon or blank. */
  readonly words: string;
  /** What was seen that shows it, one sentence each. */
  readonly evidence: readonly string[];
  /** What to try instead of what the cause suggests. */
  readonly advice?: string | undefined;
  /** For how long the thread to blame has not run. */
  readonly waitedMs?: number | undefined;
}

/** A thread that wakes up so often while it is watched is not stuck at one lock. */
const MANY_WAKEUPS = 10;
/** A shorter wait is as old as its process or a moment. */
const MIN_WAITED_MS = 1000;

/**
 * Tells slow from stuck by what changed between the looks. The first of these that applies is said: the machine keeps
 * it from going on; it is busy and writes (slow, still moving); it is busy in one place, or below one function; it wakes
 * up again and again, writes or is new; it has not run for so long.
 *
 * @param facts what was collected
 * @param conclusion who is to blame
 */
export function pace(facts: Facts, conclusion: Conclusion): Pace {
  const { cause, culprit, threads, isCircular } = conclusion;
  const starved = starvation(facts, culprit);
  if (starved !== undefined) return { words: `; ${starved.words}`, evidence: [], advice: starved.advice };
  if (culprit.wait.kind === "busy") return busyPace(conclusion);
  if (cause === "unknown") return { words: stillWrites(conclusion), evidence: [] };
  const moves = cause === "sleep" || isCircular ? "" : motionOfWait(facts, conclusion);
  if (moves !== "") return { words: moves, evidence: [] };
  const waitedMs = waitedFor(facts, threads);
  if (waitedMs === undefined || cause === "output-held") return { words: "", evidence: [] };
  return { words: `, for ${formatDuration(waitedMs)} so far`, evidence: [], waitedMs };
}

function busyPace(conclusion: Conclusion): Pace {
  const { process, thread } = conclusion.culprit;
  const motion = stackMotion(process, thread);
  const evidence = motion === undefined ? [] : [describeMotion(motion)];
  const read = process.io?.readBytes ?? 0;
  if (read > 0) evidence.push(`It read ${read} ${read === 1 ? "byte" : "bytes"} while it was watched`);
  return { words: stillWrites(conclusion) || motionWords(motion), evidence };
}

/** What shows that a process which was found waiting does not wait all the time; empty when nothing does. */
function motionOfWait(facts: Facts, conclusion: Conclusion): string {
  const { culprit: { process, thread, wait } } = conclusion;
  const { wakeups = 0 } = thread;
  if (wakeups > MANY_WAKEUPS) {
    return `, but it woke up ${wakeups} times while it was watched, so it may well be at work`;
  }
  // The thread that is joined may be one of those.
  if (wait.kind === "inner" && wait.what === "join" && wait.owners.length === 0) {
    const active = countActive(process);
    const which = active === 1 ? "another of its threads" : `${active} of its threads`;
    if (active > 0) return `, but ${which} woke up again and again, so it may well be at work`;
  }
  const writes = isAwake(facts, thread) ? stillWrites(conclusion) : "";
  if (writes !== "" || process.pid === facts.rootPid || process.ageMs >= facts.windowMs) return writes;
  return `, but it was started only ${
    formatDuration(process.ageMs)
  } before, so its parent may well be at work`;
}

/** Threads of the program that did not stay in one wait. */
function countActive({ threads }: ProcessFacts): number {
  return threads.filter(({ language, wakeups = 0 }) =>
    language !== undefined && language.isInternal !== true && wakeups > MANY_WAKEUPS
  ).length;
}

/** A busy process that writes is slow, not stuck. */
function stillWrites({ culprit: { process } }: Conclusion): string {
  const written = process.io?.writtenBytes ?? 0;
  return written > 0 ? ` (slow, still moving: it wrote ${written} bytes while it was watched)` : "";
}

function motionWords(motion: StackMotion | undefined): string {
  switch (motion?.kind) {
    case "still":
      return `, where each of ${motion.looks} looks found it`;
    case "inside":
      return `, and does not leave ${frameText(motion.within!)}`;
    default:
      return "";
  }
}

function describeMotion({ kind, looks, within }: StackMotion): string {
  if (kind === "everywhere") {
    return `In ${looks} looks it was in different places: it may be slow rather than stuck`;
  }
  const name = frameText(within!);
  return kind === "still"
    ? `In each of ${looks} looks it was in ${name}: a loop there, or in what calls it, does not end`
    : `In each of ${looks} looks ${name} was on its stack, and what that calls changed: the loop is there or in what calls it`;
}

/** A circle is closed by the one who came last. */
function waitedFor(facts: Facts, threads: readonly ThreadFacts[]): number | undefined {
  const times = threads.map((thread) => isAwake(facts, thread) ? undefined : thread.idleMs);
  if (times.length === 0 || times.includes(undefined)) return undefined;
  const waitedMs = Math.min(...times.map((time) => time!)) + facts.windowMs;
  return waitedMs >= MIN_WAITED_MS + facts.windowMs ? waitedMs : undefined;
}
