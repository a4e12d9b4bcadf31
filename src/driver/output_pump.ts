import type { Child, Runtime } from "../runtime/port.ts";
import { TailBuffer } from "./tail_buffer.ts";

/**
 * Forwards the output of a child to the caller's own streams and keeps its end. Each chunk is written before the next
 * is read, so a slow reader slows the child down and memory does not grow.
 */
export class OutputPump {
  readonly #tail: TailBuffer;
  readonly #readers: ReadableStreamDefaultReader<Uint8Array>[] = [];
  /** Resolves when every stream has ended or been given up. */
  readonly ended: Promise<void>;
  #open = 0;

  /**
   * @param runtime the host, whose stdout and stderr are written to
   * @param child a child with piped output
   * @param tailBytes how much of the end is kept
   * @param onOutput called for each chunk, before it is written
   */
  constructor(runtime: Runtime, child: Child, tailBytes: number, onOutput: () => void) {
    this.#tail = new TailBuffer(tailBytes);
    const pumps: Promise<void>[] = [];
    const add = (stream: ReadableStream<Uint8Array> | undefined, name: "stdout" | "stderr"): void => {
      if (stream === undefined) return;
      const reader = stream.getReader();
      this.#readers.push(reader);
      this.#open++;
      pumps.push(this.#pump(runtime, reader, name, onOutput));
    };
    add(child.stdout, "stdout");
    add(child.stderr, "stderr");
    this.ended = Promise.all(pumps).then(() => {});
  }

  /** Whether the child (and everybody who got its streams) has closed them all. */
  get closed(): boolean {
    return this.#open === 0;
  }

  /** Bytes seen in all. */
  get totalBytes(): number {
    return this.#tail.totalBytes;
  }

  /** The end of the output. */
  tail(): string {
    return this.#tail.text();
  }

  /** Gives up what is still open; `ended` then resolves. */
  close(): void {
    for (const reader of this.#readers) reader.cancel().catch(() => {});
  }

  async #pump(
    runtime: Runtime,
    reader: ReadableStreamDefaultReader<Uint8Array>,
    name: "stdout" | "stderr",
    onOutput: () => void,
  ): Promise<void> {
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        this.#tail.push(value);
        onOutput();
        // The reader has gone: closing our end lets the child see what it would have seen without us.
        if (!await runtime.write(name, value)) await reader.cancel();
      }
    } catch {
      // A stream that fails has ended; what was read of it is kept.
    }
    this.#open--;
  }
}
