import { isBad } from "../status_counts.ts";
import type { TestStatus } from "../suite_events.ts";
import type { RetryOptions } from "./suite_options.ts";
import type { TestState } from "./test_state.ts";

const LONGEST_DELAY_MS = 30_000;

/** Tests that are to be tried again: those whose pause runs, those whose turn it is, and those for the end of the run. */
export class RetryPlan {
  readonly #options: RetryOptions;
  readonly #waiting = new Set<TestState>();
  readonly #due: TestState[] = [];
  readonly #atEnd: TestState[] = [];

  /** @param options how tests are tried again */
  constructor(options: RetryOptions) {
    this.#options = options;
  }

  /** How many wait for the end of the run. */
  get atEndCount(): number {
    return this.#atEnd.length;
  }

  /** Whether a test may have another attempt after one that came to this: what could not be started is no fault of its own. */
  isLeft({ test, attempts }: TestState, status: TestStatus): boolean {
    return isBad(status) && status !== "error" && attempts <= (test.retries ?? this.#options.retries ?? 0);
  }

  /**
   * Plans another attempt of a test, if it may have one.
   *
   * @param state a test whose attempt has ended
   * @param status what the attempt came to
   * @returns after which pause; `isDue` is to follow, unless it is at the end
   */
  plan(state: TestState, status: TestStatus): { afterMs: number; atEnd: boolean } | undefined {
    const { retryDelayMs = 0, retryAtEnd = false } = this.#options;
    if (!this.isLeft(state, status)) return undefined;
    if (retryAtEnd) {
      this.#atEnd.push(state);
      return { afterMs: 0, atEnd: true };
    }
    this.#waiting.add(state);
    return { afterMs: Math.min(retryDelayMs * 2 ** (state.attempts - 1), LONGEST_DELAY_MS), atEnd: false };
  }

  /** Has a test wait for `isDue`. */
  wait(state: TestState): void {
    this.#waiting.add(state);
  }

  /** The pause of a test is over; nothing happens when it was taken meanwhile. */
  isDue(state: TestState): void {
    if (this.#waiting.delete(state)) this.#due.push(state);
  }

  /** Takes the first test whose pause is over, among those that run alone or among the others. */
  takeDue(isSerial: boolean, hasRoom: (group: string) => boolean): TestState | undefined {
    const index = this.#due.findIndex(({ test }) =>
      (test.isSerial ?? false) === isSerial && hasRoom(test.group ?? "")
    );
    return index === -1 ? undefined : this.#due.splice(index, 1)[0];
  }

  /** Takes the first of those that waited for the end. */
  takeAtEnd(): TestState | undefined {
    return this.#atEnd.shift();
  }

  /** Takes all, in the order of the run. */
  takeAll(): TestState[] {
    const all = [...this.#waiting, ...this.#due.splice(0), ...this.#atEnd.splice(0)];
    this.#waiting.clear();
    return all.sort((a, b) => a.order - b.order);
  }
}
