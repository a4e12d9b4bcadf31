import type { Readable, Writable } from "node:stream";

/**
 * A stream of the web over one of Node: what is not read stays in the pipe. Cancelling it closes our end.
 *
 * @param source a child's output
 * @returns its bytes; it just ends when the source fails
 */
export function toReadableStream(source: Readable): ReadableStream<Uint8Array> {
  let open = true;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const end = (): void => {
        if (open) controller.close();
        open = false;
      };
      source.on("data", (chunk: Uint8Array) => {
        if (!open) return;
        controller.enqueue(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
        if ((controller.desiredSize ?? 0) <= 0) source.pause();
      });
      source.on("end", end);
      source.on("error", end);
      source.on("close", end);
      source.pause();
    },
    pull() {
      source.resume();
    },
    cancel() {
      open = false;
      source.destroy();
    },
  }, { highWaterMark: 0 });
}

/**
 * A stream of the web over one of Node. Writes are done when the system has taken the bytes.
 *
 * @param sink a child's input
 * @returns the stream; a write or close that the reader does not take any more rejects
 */
export function toWritableStream(sink: Writable): WritableStream<Uint8Array> {
  // An error is told to the write that meets it; one that comes between two writes must not end the process.
  sink.on("error", () => {});
  return new WritableStream<Uint8Array>({
    write: (chunk) =>
      new Promise((resolve, reject) => {
        sink.write(chunk, (error) => error ? reject(error) : resolve());
      }),
    close: () =>
      new Promise((resolve) => {
        sink.end(() => resolve());
      }),
    abort() {
      sink.destroy();
    },
  });
}
