/**
 * Events for any number of readers, each of which sees them from the first on. Events are kept until the queue itself
 * is dropped: use it for the few events of one attempt.
 */
export class EventQueue<T> {
  readonly #events: T[] = [];
  #ended = false;
  #wake: (() => void)[] = [];

  /** Adds an event. Adding to an ended queue does nothing. */
  push(event: T): void {
    if (this.#ended) return;
    this.#events.push(event);
    this.#notify();
  }

  /** Says that no more events come. */
  end(): void {
    this.#ended = true;
    this.#notify();
  }

  /** Iterates over all events, past and coming, until the end. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, void> {
    for (let next = 0;;) {
      while (next < this.#events.length) yield this.#events[next++]!;
      if (this.#ended) return;
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }

  #notify(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}
