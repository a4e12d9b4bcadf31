/** Nobody looks further ahead: what comes first has a runner long before. */
const MAX_AHEAD = 256;

/** The warm starts that are still to come, by their keys, in the order in which they are expected. */
export class ExpectedStarts {
  #keys: string[] = [];
  readonly #counts = new Map<string, number>();

  /** Adds one at the end. */
  add(key: string): void {
    this.#keys.push(key);
    this.#counts.set(key, this.count(key) + 1);
  }

  /** Takes the first with this key out, if there is one. */
  take(key: string): void {
    const place = this.#keys.indexOf(key);
    if (place < 0) return;
    this.#keys.splice(place, 1);
    const count = this.count(key) - 1;
    if (count > 0) this.#counts.set(key, count);
    else this.#counts.delete(key);
  }

  /** Takes all with such keys out. */
  drop(isDropped: (key: string) => boolean): void {
    for (const key of [...this.#counts.keys()]) if (isDropped(key)) this.#counts.delete(key);
    this.#keys = this.#keys.filter((key) => this.#counts.has(key));
  }

  /** How many of a key are to come. */
  count(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  /**
   * The next key that has fewer runners than there are starts of it among the next few.
   *
   * @param ahead how many of the next starts are to have a runner
   * @param spareOf how many runners of a key wait already; undefined when it is to have none
   * @returns the key; undefined when nothing is missing
   */
  findMissing(ahead: number, spareOf: (key: string) => number | undefined): string | undefined {
    const needed = new Map<string, number>();
    let covered = 0;
    for (const key of this.#keys.slice(0, MAX_AHEAD)) {
      if (covered === ahead) return undefined;
      const spare = spareOf(key);
      if (spare === undefined) continue;
      const count = (needed.get(key) ?? 0) + 1;
      if (count > spare) return key;
      needed.set(key, count);
      covered++;
    }
    return undefined;
  }
}
