/** The text that a stream brings. */
export interface CollectedText {
  /** Resolves when the stream has ended, failed or was stopped. Never rejects. */
  readonly ended: Promise<void>;
  /** What has come so far, invalid UTF-8 replaced. */
  text(): string;
  /** Closes our end. */
  stop(): void;
}

/**
 * Reads a stream in the background.
 *
 * @param stream what to read
 * @param onChunk is told the size of each chunk; false ends the reading
 * @returns the text as it grows
 */
export function collectText(
  stream: ReadableStream<Uint8Array>,
  onChunk: (byteCount: number) => boolean,
): CollectedText {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  const readAll = async (): Promise<void> => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      chunks.push(value);
      if (!onChunk(value.length)) return await reader.cancel();
    }
  };
  return {
    ended: readAll().catch(() => {}),
    text() {
      const decoder = new TextDecoder();
      return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join("") + decoder.decode();
    },
    stop: () => void reader.cancel().catch(() => {}),
  };
}
