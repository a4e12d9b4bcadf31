import { PayOff } from "./pay_off.ts";
import type { WarmStart } from "./warm_start.ts";
import { warmStartKind } from "./warm_start_key.ts";

/** Of runners that know their test, so many may fail in a row. */
const MAX_FAILED_TESTS = 5;

/** What has been learnt of each kind of runner in this run: whether it works, and whether it pays. */
export class RunnerKinds {
  readonly #payOffs = new Map<string, PayOff>();
  /** In a row. */
  readonly #failures = new Map<string, number>();
  readonly #isOff = new Set<string>();

  /** Whether runners of this kind are not used any more. */
  isOff(start: WarmStart): boolean {
    return this.#isOff.has(warmStartKind(start));
  }

  /** Has this kind not used any more; false when it was not used before. */
  switchOff(start: WarmStart): boolean {
    if (this.isOff(start)) return false;
    this.#isOff.add(warmStartKind(start));
    return true;
  }

  /** A test for which a runner waits and one that has to wait for a runner to start are two things. */
  payOff(start: WarmStart, isPrepared: boolean): PayOff {
    const key = `${isPrepared} ${warmStartKind(start)}`;
    const payOff = this.#payOffs.get(key) ?? new PayOff();
    this.#payOffs.set(key, payOff);
    return payOff;
  }

  /** One has become its test. */
  noteSuccess(start: WarmStart): void {
    this.#failures.delete(warmStartKind(start));
  }

  /**
   * One has failed. A runner that knows its test may have failed because of that; when several do in a row, that is not why.
   *
   * @returns whether the next would fail as well
   */
  noteFailure(start: WarmStart): boolean {
    const kind = warmStartKind(start);
    const count = (this.#failures.get(kind) ?? 0) + 1;
    this.#failures.set(kind, count);
    return !start.isForOneTest || count >= MAX_FAILED_TESTS;
  }
}
