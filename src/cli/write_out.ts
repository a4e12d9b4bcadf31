import type { Runtime } from "../runtime/port.ts";

/**
 * Writes to standard output to the end. A reader that has gone is nobody's fault; a full disk is told.
 *
 * @param runtime the host
 * @param text what to write
 * @throws {HostError} when it cannot be written
 */
export async function writeOut(runtime: Runtime, text: string): Promise<void> {
  if (await runtime.write("stdout", new TextEncoder().encode(text))) return;
  // Says why, unless it was closed.
  runtime.writeSync("stdout", text);
}
