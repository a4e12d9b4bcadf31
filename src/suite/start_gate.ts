/**
 * Lets so many through at a time, and the others in their order: a machine that is busy takes long to start a process, and
 * many starts at once would keep prekill itself from running.
 */
export class StartGate {
  readonly #limit: number;
  readonly #waiting: (() => void)[] = [];
  #inside = 0;

  /** @param limit how many may be on their way */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Waits for its turn.
   *
   * @returns a function that makes room for the next; more than one call counts once
   */
  async enter(): Promise<() => void> {
    if (this.#inside < this.#limit) this.#inside++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    let isInside = true;
    return () => {
      if (!isInside) return;
      isInside = false;
      const next = this.#waiting.shift();
      if (next === undefined) this.#inside--;
      else next();
    };
  }
}
