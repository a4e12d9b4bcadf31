import type { TestStatus } from "../suite_events.ts";
import type { SuiteTest } from "./suite_options.ts";

/** Where one test of a run stands. */
export interface TestState {
  readonly test: SuiteTest;
  /** Its place in the order of the run, from 0. */
  readonly order: number;
  /** Attempts that were started, those of an earlier run included. */
  attempts: number;
  /** How often the machine refused to start it. */
  refusals: number;
  /** What the last attempt came to that did not pass. */
  lastBad: TestStatus | undefined;
  /** Whether it occupies a place: from the start until its process and group have ended. */
  isRunning: boolean;
  /** Whether a limit ran out, and the hang is being looked into. */
  isHung: boolean;
}
