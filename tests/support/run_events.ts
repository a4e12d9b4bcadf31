import { runSuite } from "../../src/suite/run_suite.ts";
import type { SuiteOptions, SuiteTest } from "../../src/suite/suite_options.ts";
import type { SuiteRun } from "../../src/suite/suite_run.ts";
import type { SuiteEvent, SuiteEventBody } from "../../src/suite_events.ts";

/** A shell script as a test of a run. */
export function shellTest(testId: string, script: string, rest: Partial<SuiteTest> = {}): SuiteTest {
  return { testId, name: testId, file: testId, runner: "command", command: ["sh", "-c", script], ...rest };
}

/** What a run has told, and its folder. */
export interface RunEvents {
  readonly events: readonly SuiteEvent[];
  /** Events of one kind, in order. */
  of<Kind extends SuiteEventBody["kind"]>(kind: Kind): (SuiteEvent & { kind: Kind })[];
  /** `ID status attempts` of each settled test, by id. */
  readonly settled: readonly string[];
  readonly exitCode: number;
}

/**
 * Runs tests to the end of the run.
 *
 * @param tests what is to run
 * @param options how
 * @param onEvent is given each event as it comes, with the run, to steer it
 */
export async function runEvents(
  tests: readonly SuiteTest[],
  options: SuiteOptions,
  onEvent: (event: SuiteEvent, run: SuiteRun) => void = () => {},
): Promise<RunEvents> {
  const events: SuiteEvent[] = [];
  await using run = runSuite(tests, { jobs: 2, sampleTimeMs: 50, ...options });
  for await (const event of run) {
    events.push(event);
    onEvent(event, run);
  }
  const of = <Kind extends SuiteEventBody["kind"]>(kind: Kind): (SuiteEvent & { kind: Kind })[] =>
    events.filter((event): event is SuiteEvent & { kind: Kind } => event.kind === kind);
  return {
    events,
    of,
    settled: of("test-settled").map(({ testId, status, attempts }) => `${testId} ${status} ${attempts}`)
      .sort(),
    exitCode: of("run-settled")[0]!.exitCode,
  };
}
