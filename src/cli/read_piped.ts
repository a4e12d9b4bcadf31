import { UsageError } from "../errors.ts";
import { collectText } from "../runtime/collect_text.ts";
import type { Runtime } from "../runtime/port.ts";
import { visibleText } from "../visible_text.ts";

/** The name that means standard input. */
export const STANDARD_INPUT = "-";

const STANDARD_INPUT_PATHS: ReadonlySet<string> = new Set(["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"]);
/** A descriptor of this process, which another process knows by another name. */
const OWN_DESCRIPTOR = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/;
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * Whether a list comes from a pipe or a device: from standard input, a FIFO, or `<(…)` of a shell.
 *
 * @param path as the user wrote it, or absolute
 * @param runtime the host
 * @returns false for a regular file, and for what is not there
 */
export function isPiped(path: string, { files }: Runtime): boolean {
  if (path === STANDARD_INPUT) return true;
  const kind = files.stat(path)?.kind;
  return kind === "fifo" || kind === "char-device";
}

/**
 * Reads a pipe or a device to its end, with the help of cat(1): the port has no reading of its own that waits.
 *
 * @param path `-`, or an absolute path for which `isPiped` holds
 * @param runtime the host
 * @returns the text
 * @throws {UsageError} when it is the terminal, is too long or cannot be read, or there is no `cat`
 */
export async function readPiped(path: string, runtime: Runtime): Promise<string> {
  const fail = (reason: string): never => {
    throw new UsageError(`Cannot read the list "${visibleText(path)}": ${reason}`);
  };
  const isStandardInput = path === STANDARD_INPUT || STANDARD_INPUT_PATHS.has(path);
  if (isStandardInput && runtime.isTerminal("stdin")) {
    fail("standard input is the terminal; pipe the list in, or name a file");
  }
  let child: ReturnType<Runtime["spawn"]>;
  try {
    child = runtime.spawn({
      program: "cat",
      args: isStandardInput ? [] : ["--", pathForOthers(path, runtime)],
      newSession: false,
      stdin: isStandardInput ? "inherit" : "null",
      stdout: "piped",
      stderr: "null",
    });
  } catch {
    return fail("this machine has no cat to read it with; name a file");
  }
  let byteCount = 0;
  const reading = collectText(child.stdout!, (count) => (byteCount += count) <= MAX_BYTES);
  await reading.ended;
  if (byteCount > MAX_BYTES) fail("it is longer than 256 MiB; name a file, or folders");
  const exit = await child.exited;
  if (exit.kind === "exited" && exit.code !== 0) {
    fail("it cannot be read; name a file, or - for standard input");
  }
  return reading.text();
}

/** Descriptors are this process's own; on Linux others can open them below its number. */
function pathForOthers(path: string, runtime: Runtime): string {
  const descriptor = OWN_DESCRIPTOR.exec(path)?.[1];
  return descriptor === undefined || runtime.os !== "linux" ? path : `/proc/${runtime.pid}/fd/${descriptor}`;
}
