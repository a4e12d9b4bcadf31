import type { Connection, Runtime } from "../../../runtime/port.ts";
import { withResolvers } from "../../../std/with_resolvers.ts";

/** A question to a JVM. */
export interface JavaQuestion {
  /** Of its socket. */
  readonly path: string;
  /** A command of HotSpot's attach listener, such as `threaddump`. */
  readonly command: string;
  /** Its argument; empty for none. */
  readonly argument: string;
  /** Once it is aborted, no more is read. */
  readonly signal: AbortSignal;
}

/** What a JVM answered. */
export interface JavaAnswer {
  readonly text: string;
  /** What it wrote for that. */
  readonly byteCount: number;
}

const MAX_BYTES = 8 * 1024 * 1024;
/** Version 1 of the protocol has a command and three arguments, each ended by a zero (`attachListener_posix.cpp`). */
const VERSION = "1";
const ARGUMENTS = 3;

/**
 * Asks the attach listener of HotSpot something.
 *
 * @param runtime the host
 * @param question what and where
 * @returns the answer, 8 MiB of it at the most
 * @throws {Error} that says why there is none
 */
export async function askJava(runtime: Runtime, question: JavaQuestion): Promise<JavaAnswer> {
  const { path, command, argument, signal } = question;
  const connection = await connectUnlessAborted(runtime, path, signal);
  const close = (): void => connection.close();
  signal.addEventListener("abort", close, { once: true });
  try {
    const words = [VERSION, command, argument, ...Array<string>(ARGUMENTS - 1).fill("")];
    await connection.write(new TextEncoder().encode(words.map((word) => `${word}\0`).join("")));
    const { text, byteCount } = await readAll(connection);
    if (signal.aborted) throw new Error("it did not answer in time");
    const [, code, answer] = /^(-?\d{1,10})\n([^]*)$/.exec(text) ?? [];
    if (code === undefined) throw new Error("it answered with nonsense");
    if (code !== "0") throw new Error(`it refused: ${answer!.slice(0, 200).trim() || `error ${code}`}`);
    return { text: answer!, byteCount };
  } finally {
    signal.removeEventListener("abort", close);
    close();
  }
}

async function connectUnlessAborted(
  runtime: Runtime,
  path: string,
  signal: AbortSignal,
): Promise<Connection> {
  const connecting = runtime.connectUnix(path);
  const aborted = withResolvers<undefined>();
  const stop = (): void => aborted.resolve(undefined);
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    const connection = await Promise.race([connecting, aborted.promise]);
    if (connection !== undefined) return connection;
  } finally {
    signal.removeEventListener("abort", stop);
  }
  connecting.then((late) => late.close(), () => {});
  throw new Error("it did not answer in time");
}

async function readAll(connection: Connection): Promise<JavaAnswer> {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let byteCount = 0;
  while (byteCount < MAX_BYTES) {
    const bytes = await connection.read();
    if (bytes === undefined) break;
    byteCount += bytes.length;
    parts.push(decoder.decode(bytes, { stream: true }));
  }
  return { text: parts.join(""), byteCount };
}
