import type { Diagnosis } from "../sample_document.ts";
import { groupBy } from "../std/group_by.ts";
import type { SampleDigest } from "./sample_digest.ts";

/** The same hang, seen once or many times. */
export interface HangGroup {
  /** What makes them the same. */
  readonly fingerprint: string;
  /** How often it was seen. */
  readonly count: number;
  /** Of the newest sample; its pids are those of that run. */
  readonly diagnosis: Diagnosis;
  /** ISO 8601, UTC. */
  readonly firstTakenAt: string;
  /** ISO 8601, UTC. */
  readonly lastTakenAt: string;
  /** The tests it was seen in, the most frequent first. */
  readonly tests: readonly { readonly name: string; readonly count: number }[];
  /** The `.sample.json` files, the newest first. */
  readonly files: readonly string[];
}

/** What `prekill report --json` prints. Fields are only ever added. */
export interface HangReport {
  readonly schema: "prekill.report/1";
  /** The session directories that were read. */
  readonly sessions: readonly string[];
  /** How many samples were read. */
  readonly sampleCount: number;
  /** The most frequent first, of equally frequent ones the newest. */
  readonly hangs: readonly HangGroup[];
  /** Files that could not be read as samples, one sentence each. */
  readonly problems: readonly string[];
}

/**
 * Groups samples by fingerprint.
 *
 * @param samples in any order
 * @param source where they come from, and what could not be read there
 * @returns the report
 */
export function hangReport(
  samples: readonly SampleDigest[],
  source: Pick<HangReport, "sessions" | "problems">,
): HangReport {
  const hangs = [...groupBy(samples, ({ diagnosis }) => diagnosis.fingerprint).values()]
    .map(toGroup)
    .sort((a, b) =>
      b.count - a.count || compare(b.lastTakenAt, a.lastTakenAt) || compare(a.fingerprint, b.fingerprint)
    );
  return {
    schema: "prekill.report/1",
    sessions: source.sessions,
    sampleCount: samples.length,
    hangs,
    problems: source.problems,
  };
}

function toGroup(samples: readonly SampleDigest[]): HangGroup {
  const newestFirst = samples.toSorted((a, b) =>
    b.takenAtEpochMs - a.takenAtEpochMs || compare(a.file, b.file)
  );
  const newest = newestFirst[0]!;
  const tests = [...groupBy(newestFirst, ({ test }) => test)]
    .map(([name, members]) => ({ name, count: members.length }))
    .sort((a, b) => b.count - a.count || compare(a.name, b.name));
  return {
    fingerprint: newest.diagnosis.fingerprint,
    count: samples.length,
    diagnosis: newest.diagnosis,
    firstTakenAt: isoTime(newestFirst.at(-1)!),
    lastTakenAt: isoTime(newest),
    tests,
    files: newestFirst.map(({ file }) => file),
  };
}

function isoTime({ takenAtEpochMs }: SampleDigest): string {
  return new Date(takenAtEpochMs).toISOString();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
