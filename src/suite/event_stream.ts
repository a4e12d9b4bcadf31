/**
 * Events for one reader, who sees all of them from the first on, however late it starts. What has been read is
 * forgotten, so that memory does not grow with a run.
 */
export class EventStream<T> {
  readonly #onLeave: () => Promise<void>;
  #events: T[] = [];
  #next = 0;
  #isEnded = false;
  #isTaken = false;
  #wake: (() => void) | undefined;

  /** @param onLeave called when the reader leaves before the end; awaited by its `return` */
  constructor(onLeave: () => Promise<void>) {
    this.#onLeave = onLeave;
  }

  /** Adds events, in their order. */
  push(events: readonly T[]): void {
    for (const event of events) this.#events.push(event);
    this.#wake?.();
  }

  /** Says that no more events come. */
  end(): void {
    this.#isEnded = true;
    this.#wake?.();
  }

  /**
   * Reads all events; may be done once.
   *
   * @throws {TypeError} when it is read already
   */
  read(): AsyncIterator<T> {
    if (this.#isTaken) throw new TypeError("Cannot read the events twice: they are kept until they are read");
    this.#isTaken = true;
    return {
      next: async () => {
        for (;;) {
          const result = this.#take();
          if (result !== undefined) return result;
          await new Promise<void>((resolve) => this.#wake = resolve);
          this.#wake = undefined;
        }
      },
      return: async () => {
        if (!this.#isEnded) await this.#onLeave();
        this.#events = [];
        return { done: true, value: undefined };
      },
    };
  }

  #take(): IteratorResult<T> | undefined {
    if (this.#next < this.#events.length) return { done: false, value: this.#events[this.#next++]! };
    this.#events = [];
    this.#next = 0;
    return this.#isEnded ? { done: true, value: undefined } : undefined;
  }
}
