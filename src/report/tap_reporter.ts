import type { SuiteEvent } from "../suite_events.ts";
import { RunFold } from "./fold_events.ts";
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
  #planned = 0;
  #isPlanTold = false;
  #points = 0;

  /** @param options how to write paths */
  constructor(options: TapOptions) {
    this.#options = options;
  }

  /**
   * Takes the next event.
   *
   * @param event of the run; of one that is carried on, those of its last part
   * @returns lines, each ended, or nothing
   */
  onEvent(event: SuiteEvent): string {
    this.#fold.add(event);
    switch (event.kind) {
      case "tests-planned":
        this.#planned += event.tests.length;
        return "";
      case "test-settled":
        return this.#tellPlan() + tapPoint(++this.#points, this.#fold.test(event.testId)!, this.#options);
      case "warning":
        return this.#begin() + `# ${shownText(event.message)}\n`;
      case "stopping":
        return this.#begin() + `# stopping: ${shownText(event.detail)}\n`;
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
    return this.#tellPlan() + (this.#isSettled ? "" : "Bail out! The run did not come to its end.\n");
  }

  #begin(): string {
    if (this.#hasBegun) return "";
    this.#hasBegun = true;
    return TAP_VERSION_LINE;
  }

  #tellPlan(): string {
    if (this.#isPlanTold) return "";
    this.#isPlanTold = true;
    return `${this.#begin()}1..${this.#planned}\n`;
  }
}
