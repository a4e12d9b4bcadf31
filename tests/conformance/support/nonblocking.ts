import { fileURLToPath } from "node:url";
import { fixture } from "./fixture.ts";

/**
 * A fixture whose standard output is a pipe that does not block.
 *
 * @param name its file, without `.ts`
 * @param args its arguments
 * @returns arguments for python3, which then prints how much came and the last 16 bytes
 */
export function nonblocking(name: string, ...args: string[]): string[] {
  const [program, programArgs] = fixture(name, ...args);
  return [fileURLToPath(new URL("nonblocking_stdout.py", import.meta.url)), program, ...programArgs];
}
