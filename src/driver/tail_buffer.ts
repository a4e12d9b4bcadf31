/** Keeps the last bytes of a stream in memory, whatever its volume. */
export class TailBuffer {
  readonly #usualBytes: number;
  #limitBytes: number;
  #bytes = new Uint8Array(0);
  #keptBytes = 0;
  #totalBytes = 0;

  /** @param limitBytes how much is kept; up to twice as much is held */
  constructor(limitBytes: number) {
    this.#usualBytes = limitBytes;
    this.#limitBytes = limitBytes;
  }

  /** Bytes seen in all. */
  get totalBytes(): number {
    return this.#totalBytes;
  }

  /** Keeps more from now on, for a reader that expects something long; never less than before. */
  widen(limitBytes: number): void {
    if (limitBytes <= this.#limitBytes) return;
    this.#limitBytes = limitBytes;
    const wider = new Uint8Array(2 * limitBytes);
    wider.set(this.#bytes.subarray(0, this.#keptBytes));
    this.#bytes = wider;
  }

  /** Adds bytes. They are copied: a host's chunk of one byte may keep a buffer of 64 KiB alive. */
  push(chunk: Uint8Array): void {
    this.#totalBytes += chunk.byteLength;
    const added = chunk.subarray(Math.max(0, chunk.byteLength - this.#limitBytes));
    if (this.#bytes.byteLength === 0) this.#bytes = new Uint8Array(2 * this.#limitBytes);
    if (this.#keptBytes + added.byteLength > this.#bytes.byteLength) {
      this.#bytes.copyWithin(0, this.#keptBytes - this.#limitBytes, this.#keptBytes);
      this.#keptBytes = this.#limitBytes;
    }
    this.#bytes.set(added, this.#keptBytes);
    this.#keptBytes += added.byteLength;
  }

  /**
   * The last bytes as text, invalid UTF-8 replaced, from the start of a character.
   *
   * @param maxBytes how many at the most, of those that are kept; the limit given first when undefined
   */
  text(maxBytes: number = this.#usualBytes): string {
    const limitBytes = Math.min(maxBytes, this.#limitBytes);
    return decodeTail(this.#bytes.subarray(Math.max(0, this.#keptBytes - limitBytes), this.#keptBytes));
  }
}

/**
 * Decodes bytes cut out of a stream: continuation bytes of a character whose start was cut off are dropped.
 *
 * @param bytes the end of a stream of UTF-8
 * @returns the text, invalid bytes replaced
 */
export function decodeTail(bytes: Uint8Array): string {
  let start = 0;
  while (start < Math.min(3, bytes.byteLength) && (bytes[start]! & 0xc0) === 0x80) start++;
  return new TextDecoder().decode(bytes.subarray(start));
}
