import type { Child, Runtime } from "../runtime/port.ts";
import { withResolvers } from "../std/with_resolvers.ts";
import { TailBuffer } from "./tail_buffer.ts";

/** A pipe that brings nothing for so long after the exit is empty. */
const QUIET_MS = 20;
/** What two pipes can hold at the most (`/proc/sys/fs/pipe-max-size`): more than that is written after the exit. */
const LONGEST_REST_BYTES = 2 * 1024 * 1024;

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
  /** How many chunks are being written. */
  #writing = 0;
  readonly #abandoned = withResolvers<void>();
  #isAbandoned = false;

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

  /** The end of the output, of the usual length or with up to so many bytes from now on. */
  tail(maxBytes?: number): string {
    if (maxBytes !== undefined) this.#tail.widen(maxBytes);
    return this.#tail.text(maxBytes);
  }

  /**
   * After the exit and the drain timeout: hands on what is left in the pipes, however slowly it is taken, and gives up
   * streams that somebody holds open in silence.
   */
  async finish(): Promise<void> {
    const endBytes = this.totalBytes + LONGEST_REST_BYTES;
    for (let before = -1; !this.closed && !this.#isAbandoned && this.totalBytes < endBytes;) {
      if (this.#writing === 0 && before === this.totalBytes) break;
      before = this.totalBytes;
      const pause = withResolvers<void>();
      const timer = setTimeout(pause.resolve, QUIET_MS);
      await Promise.race([this.ended, pause.promise, this.#abandoned.promise]);
      clearTimeout(timer);
    }
    for (const reader of this.#readers) reader.cancel().catch(() => {});
    await Promise.race([this.ended, this.#abandoned.promise]);
  }

  /** Waits no longer for a reader that does not take the output; what it has not taken is lost. */
  abandon(): void {
    this.#isAbandoned = true;
    this.#abandoned.resolve();
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
        this.#writing++;
        const written = await runtime.write(name, value);
        this.#writing--;
        if (!written) await reader.cancel();
      }
    } catch {
      // A stream that fails has ended; what was read of it is kept.
    }
    this.#open--;
  }
}
