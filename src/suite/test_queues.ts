import type { TestState } from "./test_state.ts";

/** Tests that wait for their first attempt, in order, by group: a full group does not hold up the others. */
export class TestQueues {
  readonly #queues = new Map<string, { readonly tests: TestState[]; next: number }>();
  #size = 0;

  /** How many wait. */
  get size(): number {
    return this.#size;
  }

  /** Adds a test behind all others. */
  add(state: TestState): void {
    const group = state.test.group ?? "";
    const queue = this.#queues.get(group);
    if (queue === undefined) this.#queues.set(group, { tests: [state], next: 0 });
    else queue.tests.push(state);
    this.#size++;
  }

  /**
   * Takes the first test whose group has room.
   *
   * @param hasRoom whether another test of a group may run; the empty name is that of tests without one
   */
  take(hasRoom: (group: string) => boolean): TestState | undefined {
    let first: { readonly tests: TestState[]; next: number } | undefined;
    for (const [group, queue] of this.#queues) {
      const head = queue.tests[queue.next];
      if (head === undefined || !hasRoom(group)) continue;
      if (first === undefined || head.order < first.tests[first.next]!.order) first = queue;
    }
    if (first === undefined) return undefined;
    this.#size--;
    return first.tests[first.next++];
  }

  /** Takes all that are left, in order. */
  takeAll(): TestState[] {
    const left = [...this.#queues.values()].flatMap(({ tests, next }) => tests.slice(next));
    this.#queues.clear();
    this.#size = 0;
    return left.sort((a, b) => a.order - b.order);
  }
}
