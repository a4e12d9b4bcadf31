/** Keeps the last bytes of a stream in memory, whatever its volume. */
export class TailBuffer {
  readonly #limitBytes: number;
  readonly #chunks: Uint8Array[] = [];
  #keptBytes = 0;
  #totalBytes = 0;

  /** @param limitBytes how much is kept; up to twice as much is held for a moment */
  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** Bytes seen in all. */
  get totalBytes(): number {
    return this.#totalBytes;
  }

  /** Adds bytes; the array must not be changed afterwards. */
  push(chunk: Uint8Array): void {
    this.#totalBytes += chunk.byteLength;
    // A copy of the end: a view would keep the whole chunk alive.
    const kept = chunk.byteLength > this.#limitBytes
      ? chunk.slice(chunk.byteLength - this.#limitBytes)
      : chunk;
    this.#chunks.push(kept);
    this.#keptBytes += kept.byteLength;
    while (this.#chunks.length > 1 && this.#keptBytes - this.#chunks[0]!.byteLength >= this.#limitBytes) {
      this.#keptBytes -= this.#chunks.shift()!.byteLength;
    }
  }

  /** The last bytes as text, at most the limit, invalid UTF-8 replaced, from the start of a character. */
  text(): string {
    const bytes = new Uint8Array(this.#keptBytes);
    let offset = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, offset);
      offset += chunk.byteLength;
    }
    return decodeTail(bytes.subarray(Math.max(0, bytes.byteLength - this.#limitBytes)));
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
