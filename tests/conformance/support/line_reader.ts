/** Reads a stream line by line. */
export interface LineReader {
  /** The next line, without its end; undefined at the end of the stream. */
  next(): Promise<string | undefined>;
  /** Closes our end of the stream. */
  close(): Promise<void>;
}

/**
 * Reads a child's output as it comes.
 *
 * @param stream what to read
 * @returns the reader; the caller closes it
 */
export function lineReader(stream: ReadableStream<Uint8Array> | undefined): LineReader {
  const reader = stream!.getReader();
  const decoder = new TextDecoder();
  let pending = "";
  return {
    async next() {
      while (!pending.includes("\n")) {
        const { done, value } = await reader.read();
        if (done) return undefined;
        pending += decoder.decode(value, { stream: true });
      }
      const line = pending.slice(0, pending.indexOf("\n"));
      pending = pending.slice(line.length + 1);
      return line;
    },
    close: () => reader.cancel(),
  };
}
