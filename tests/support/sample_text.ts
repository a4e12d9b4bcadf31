import type { Diagnosis } from "../../src/sample_document.ts";

/** What matters of a sample in tests about reports. */
export interface SampleTextOptions {
  readonly test?: string | undefined;
  readonly takenAt?: string | undefined;
  readonly diagnosis?: Partial<Diagnosis> | undefined;
}

/**
 * The text of a `.sample.json` file, as short as it can be.
 *
 * @param options what differs from a sleep of `job` in the test `jobs`
 */
export function sampleText({ test = "jobs", takenAt, diagnosis }: SampleTextOptions = {}): string {
  return JSON.stringify({
    schema: "prekill.sample/1",
    test: { name: test },
    takenAt: takenAt ?? "2026-01-31T10:15:00.000Z",
    diagnosis: {
      cause: "sleep",
      confidence: "likely",
      summary: "job (pid 7) sleeps for 1 h",
      pid: 7,
      program: "job",
      fingerprint: "00000000000000aa",
      evidence: [],
      chain: [],
      ...diagnosis,
    },
  });
}
