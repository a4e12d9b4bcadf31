import { runnerProgramOf } from "../prespawn/runner_program_of.ts";
import type { PrespawnMode, PrespawnOptions, SuiteTest } from "./suite_options.ts";

/**
 * Whether the process of a test can be started before its turn, as far as can be told at a glance.
 *
 * @param test any
 * @param prespawn what holds for the run
 */
export function mayStartWarm(test: SuiteTest, prespawn: PrespawnOptions | undefined): boolean {
  if (test.skip !== undefined || prespawnModeOf(test, prespawn) === "off") return false;
  return test.warmRunner !== undefined || runnerProgramOf(test.command[0]) !== undefined;
}

/**
 * How the process of a test is started before its turn: what is said of the test goes before what is said of the run.
 *
 * @param test any
 * @param prespawn what holds for the run
 */
export function prespawnModeOf(test: SuiteTest, prespawn: PrespawnOptions | undefined): PrespawnMode {
  return test.prespawn ?? prespawn?.mode ?? "auto";
}
