import type { SuiteEvent } from "../suite_events.ts";
import { RunFold } from "./fold_events.ts";
import type { TestSummary } from "./run_summary.ts";
import { shownText } from "./shown_text.ts";
import { TAP_VERSION_LINE, type TapOptions, tapPoint } from "./tap_point.ts";

/**
 * Tells of a run in TAP 14 while it goes on: the version, the plan, a point for each test as it is settled. It returns text
 * that the caller writes. `renderTap` writes a whole run, in the order of its plan.
 */
export class TapReporter {
  readonly #options: TapOptions;
  readonly #fold = new RunFold();
  #hasBegun = false;
  #isSettled = false;
  #isPlanTold = false;
  #points = 0;

  /**
   * Of one run.
   *
   * @param options how to write paths
   */
  constructor(options: TapOptions) {
    this.#options = options;
  }

  /**
   * Takes the next event.
   *
   * @param event of the run; of one that is carried on, first those of its journal
   * @returns lines, each ended, or nothing
   */
  onEvent(event: SuiteEvent): string {
    this.#fold.add(event);
    switch (event.kind) {
      case "test-settled":
        // What had no turn may still get one, when the run is carried on.
        if (event.status === "not-run") return "";
        return this.#tellPlan() + this.#tellPoint(this.#fold.test(event.testId)!);
      case "warning":
        return this.#begin() + `# ${shownText(event.message)}\n`;
      case "stopping":
        return this.#begin() + `# stopping: ${shownText(event.detail)}\n`;
      case "run-resumed":
        this.#isSettled = false;
        return "";
      case "run-settled":
        this.#isSettled = true;
        return "";
      default:
        return "";
    }
  }

  /**
   * Ends the report; of a run that is not settled, with `Bail out!`.
   *
   * @returns lines, each ended, or nothing
   */
  end(): string {
    const left = this.#fold.summary().tests.filter(({ status, isSettled }) =>
      status === "not-run" && isSettled
    );
    const points = left.map((test) => this.#tellPoint(test)).join("");
    return this.#tellPlan() + points +
      (this.#isSettled ? "" : "Bail out! The run did not come to its end.\n");
  }

  #tellPoint(test: TestSummary): string {
    return tapPoint(++this.#points, test, this.#options);
  }

  #begin(): string {
    if (this.#hasBegun) return "";
    this.#hasBegun = true;
    return TAP_VERSION_LINE;
  }

  #tellPlan(): string {
    if (this.#isPlanTold) return "";
    this.#isPlanTold = true;
    return `${this.#begin()}1..${this.#fold.summary().tests.length}\n`;
  }
}
