import type { AttemptSummary, PlannedTest, RunPlan, SuiteEvent, TestStatus } from "../../suite_events.ts";
import { isBad, noCounts } from "../../status_counts.ts";
import type { EarlierAttempts, ResumedRun } from "../suite_options.ts";

/** A run as its journal has it. */
export interface EarlierRun {
  /** How it was started. */
  readonly plan: RunPlan;
  /** All tests that were planned, in their order. */
  readonly tests: readonly PlannedTest[];
  /** False when it was killed before all were written down: none had started then, and the plan has to be made anew. */
  readonly isPlanComplete: boolean;
  /** What `runSuite` needs to carry it on. */
  readonly resume: ResumedRun;
  /** The planned tests that are not settled; none is left of a run that went to its end. */
  readonly left: readonly PlannedTest[];
}

/** The run, or the rest of a sentence that says why there is none. */
export type ReadRun = EarlierRun | { readonly problem: string };

/** What has been read so far. */
interface Reading {
  readonly plan: RunPlan;
  readonly id: string;
  lastSeq: number;
  readonly tests: Map<string, PlannedTest>;
  readonly settled: Map<string, TestStatus>;
  readonly attempts: Map<string, EarlierAttempts>;
}

const SCHEMA = "prekill.events/1";

/**
 * Reads the journal of a run that is to be carried on. Lines that are torn are passed over: a run that was killed leaves
 * one, each time. A test that settled without having come to its end (`not-run`) is left; an attempt that did not settle
 * was not made.
 *
 * @param eventsText what `events.ndjson` holds
 * @returns the run
 */
export function readRun(eventsText: string): ReadRun {
  let reading: Reading | undefined;
  let start = 0;
  while (start < eventsText.length) {
    const end = eventsText.indexOf("\n", start);
    const event = parseEvent(eventsText.slice(start, end === -1 ? undefined : end));
    start = end === -1 ? eventsText.length : end + 1;
    if (event === undefined) continue;
    if (reading === undefined) {
      const begun = begin(event);
      if ("problem" in begun) return begun;
      reading = begun;
    } else if (event.id === reading.id) {
      apply(reading, event);
    } else {
      return { problem: "it holds the events of more than one run" };
    }
  }
  return reading === undefined ? { problem: "it holds no events" } : finish(reading);
}

function parseEvent(line: string): SuiteEvent | undefined {
  try {
    const event = JSON.parse(line) as Partial<SuiteEvent> | null;
    const { seq, id, kind } = event ?? {};
    if (!Number.isSafeInteger(seq) || typeof id !== "string" || typeof kind !== "string") return undefined;
    return event as SuiteEvent;
  } catch {
    return undefined;
  }
}

function begin(event: SuiteEvent): Reading | { readonly problem: string } {
  if (event.kind !== "run-started") {
    return { problem: "its beginning is missing, or it is not that of a run" };
  }
  if (event.schema !== SCHEMA) {
    return { problem: `it was written by another version of prekill (${String(event.version)})` };
  }
  const { seq, atMs: _, id, kind: __, ...plan } = event;
  if (!Array.isArray(plan.args) || typeof plan.cwd !== "string") {
    return { problem: "it does not say what was run" };
  }
  return { plan, id, lastSeq: seq, tests: new Map(), settled: new Map(), attempts: new Map() };
}

function apply(reading: Reading, event: SuiteEvent): void {
  reading.lastSeq = Math.max(reading.lastSeq, event.seq);
  const { tests, settled, attempts } = reading;
  switch (event.kind) {
    case "tests-planned":
      if (!Array.isArray(event.tests)) return;
      for (const test of event.tests) {
        if (typeof test?.testId === "string" && !tests.has(test.testId)) tests.set(test.testId, test);
      }
      return;
    case "attempt-settled":
      if (hasEnded(event.status) && Number.isSafeInteger(event.attempt)) {
        attempts.set(event.testId, withAttempt(attempts.get(event.testId), event));
      }
      return;
    case "test-settled":
      if (hasEnded(event.status) && !settled.has(event.testId)) settled.set(event.testId, event.status);
  }
}

const STATUSES = noCounts();

function hasEnded(status: unknown): boolean {
  return typeof status === "string" && status !== "not-run" && Object.hasOwn(STATUSES, status);
}

function withAttempt(
  { count, lastBad, elapsedMs }: Partial<EarlierAttempts> = {},
  { attempt, status, elapsedMs: ownMs }: AttemptSummary,
): EarlierAttempts {
  return {
    count: Math.max(count ?? 0, attempt),
    status,
    lastBad: isBad(status) ? status : lastBad,
    elapsedMs: (elapsedMs ?? 0) + (Number.isFinite(ownMs) ? ownMs : 0),
  };
}

function finish({ plan, id, lastSeq, tests, settled, attempts }: Reading): ReadRun {
  for (const testId of settled.keys()) attempts.delete(testId);
  return {
    plan,
    tests: [...tests.values()],
    isPlanComplete: tests.size >= plan.tests,
    left: [...tests.values()].filter(({ testId }) => !settled.has(testId)),
    resume: {
      id,
      lastSeq,
      settled: [...settled].map(([testId, status]) => ({ testId, status })),
      attempts,
    },
  };
}
