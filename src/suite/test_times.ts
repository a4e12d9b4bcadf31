import { roundedMs } from "./rounded_ms.ts";
import type { EarlierAttempts } from "./suite_options.ts";

/** How long the tests took that have begun and are not settled, all attempts together, in milliseconds. */
export class TestTimes {
  readonly #earlier: ReadonlyMap<string, EarlierAttempts> | undefined;
  readonly #elapsedMs = new Map<string, number>();

  /** @param earlier attempts of the run that is carried on, by test */
  constructor(earlier: ReadonlyMap<string, EarlierAttempts> | undefined) {
    this.#earlier = earlier;
  }

  /** A test starts; whether it is the first time in this run. */
  begin(testId: string): boolean {
    if (this.#elapsedMs.has(testId)) return false;
    this.#elapsedMs.set(testId, this.#earlierMs(testId));
    return true;
  }

  /** An attempt has ended. */
  add(testId: string, elapsedMs: number): void {
    this.#elapsedMs.set(testId, roundedMs((this.#elapsedMs.get(testId) ?? 0) + elapsedMs));
  }

  /** A test is settled: gives its time. */
  take(testId: string): number {
    const elapsedMs = this.#elapsedMs.get(testId) ?? this.#earlierMs(testId);
    this.#elapsedMs.delete(testId);
    return elapsedMs;
  }

  #earlierMs(testId: string): number {
    return this.#earlier?.get(testId)?.elapsedMs ?? 0;
  }
}
