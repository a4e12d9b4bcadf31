import { HostError } from "../errors.ts";
import { errorCode, errorWords } from "./error_words.ts";
import type { Runtime } from "./port.ts";

/** Standard output or standard error. */
export type OutputStream = "stdout" | "stderr";

/** A host's two functions for the standard streams; both may write less than all, and throw the host's error. */
export interface RawOutput {
  write(stream: OutputStream, bytes: Uint8Array): Promise<number>;
  writeSync(stream: OutputStream, bytes: Uint8Array): number;
}

/** How long to wait for a reader whose pipe is full and does not block (another process has made it so). */
const FULL_PIPE_WAIT_MS = 2;
/** The reader is gone, the terminal hung up, the stream was closed before we started. */
const CLOSED = new Set(["EPIPE", "EIO", "EBADF", "ENXIO", "ECONNRESET"]);
const ENCODER = new TextEncoder();

/**
 * The port's writing to the standard streams over what a host has. Writes to one stream follow each other whole.
 *
 * @param raw the host's functions
 * @returns `write` and `writeSync` of the port
 */
export function createStandardOutput(raw: RawOutput): Pick<Runtime, "write" | "writeSync"> {
  const last: Record<OutputStream, Promise<boolean>> = {
    stdout: Promise.resolve(true),
    stderr: Promise.resolve(true),
  };
  return {
    write(stream, bytes) {
      return last[stream] = last[stream].then(() => writeAll(raw, stream, bytes));
    },
    writeSync(stream, text) {
      try {
        writeAllSync(raw, stream, ENCODER.encode(text));
      } catch (error) {
        // There is no other place to tell that standard error cannot be written.
        if (stream === "stderr" || CLOSED.has(errorCode(error))) return;
        throw new HostError(`Cannot write to standard output: ${errorWords(error)}`, { cause: error });
      }
    },
  };
}

async function writeAll(raw: RawOutput, stream: OutputStream, bytes: Uint8Array): Promise<boolean> {
  for (let done = 0; done < bytes.length;) {
    try {
      done += await raw.write(stream, bytes.subarray(done));
    } catch (error) {
      if (errorCode(error) !== "EAGAIN") return false;
      await new Promise((resolve) => setTimeout(resolve, FULL_PIPE_WAIT_MS));
    }
  }
  return true;
}

function writeAllSync(raw: RawOutput, stream: OutputStream, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) {
    try {
      done += raw.writeSync(stream, bytes.subarray(done));
    } catch (error) {
      if (errorCode(error) !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FULL_PIPE_WAIT_MS);
    }
  }
}
