import type { SuiteEvent } from "../suite_events.ts";

/**
 * A run in progress: iterate over it for its events, once. It goes on whether or not anybody reads, and ends what it has
 * started when the iteration is left early.
 */
export interface SuiteRun extends AsyncIterable<SuiteEvent>, AsyncDisposable {
  /** Stops the tests (SIGSTOP to their groups) and all clocks. */
  pause(): void;
  /** Lets them go on. */
  continue(): void;
  /** Takes a light sample of each test that runs: `light-sample` events follow. */
  look(): void;
  /** Ends the run in order, and what still runs at once when called again. */
  stop(reason: { readonly signal?: string | undefined }): void;
}
