import { UsageError } from "../errors.ts";
import { collectText } from "../runtime/collect_text.ts";
import type { Runtime } from "../runtime/port.ts";

const MAX_BYTES = 256 * 1024 * 1024;

/**
 * Reads all of standard input, with the help of cat(1): the port has no reading of its own.
 *
 * @param runtime the host
 * @returns the text
 * @throws {UsageError} when it is a terminal, is too long, or there is no `cat`
 */
export async function readStandardInput(runtime: Runtime): Promise<string> {
  const fail = (reason: string): never => {
    throw new UsageError(`Cannot read the list "-": ${reason}`);
  };
  if (runtime.isTerminal("stdin")) fail("standard input is the terminal; pipe the list in, or name a file");
  let child: ReturnType<Runtime["spawn"]>;
  try {
    child = runtime.spawn({
      program: "cat",
      args: [],
      newSession: false,
      stdin: "inherit",
      stdout: "piped",
      stderr: "null",
    });
  } catch {
    return fail("this machine has no cat to read standard input with; name a file");
  }
  let byteCount = 0;
  const reading = collectText(child.stdout!, (count) => (byteCount += count) <= MAX_BYTES);
  await reading.ended;
  if (byteCount > MAX_BYTES) fail("it is longer than 256 MiB; name a file, or folders");
  await child.exited;
  return reading.text();
}
