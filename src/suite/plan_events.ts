import { VERSION } from "../version.ts";
import type { Runtime } from "../runtime/port.ts";
import type { PlannedTest, SuiteEventBody } from "../suite_events.ts";
import type { SuiteOptions, SuiteTest } from "./suite_options.ts";

/** So many tests are named by one event: a line of the journal stays readable. */
const TESTS_PER_EVENT = 1000;

/**
 * The events that open a run: what it is, and what is planned.
 *
 * @param tests what is to run
 * @param options how, with the number of jobs
 * @param runtime the host
 * @returns `run-started` or `run-resumed`, and `tests-planned`
 */
export function planEvents(
  tests: readonly SuiteTest[],
  options: SuiteOptions & { jobs: number },
  runtime: Runtime,
): SuiteEventBody[] {
  const { args = [], cwd = runtime.cwd(), jobs, seed, shard, resume } = options;
  const first: SuiteEventBody = resume === undefined
    ? {
      kind: "run-started",
      schema: "prekill.events/1",
      version: VERSION,
      args,
      cwd,
      host: {
        os: runtime.os,
        arch: runtime.arch,
        cpus: runtime.cpuCount,
        name: runtime.hostName || undefined,
      },
      jobs,
      tests: tests.length,
      seed,
      shard,
    }
    : { kind: "run-resumed", settled: resume.settled.length, left: tests.length };
  const planned: SuiteEventBody[] = [];
  for (let start = 0; start < tests.length; start += TESTS_PER_EVENT) {
    planned.push({
      kind: "tests-planned",
      tests: tests.slice(start, start + TESTS_PER_EVENT).map(toPlanned),
    });
  }
  return [first, ...planned];
}

function toPlanned({ testId, name, file, runner, group }: SuiteTest): PlannedTest {
  return { testId, name, file, runner, group };
}
