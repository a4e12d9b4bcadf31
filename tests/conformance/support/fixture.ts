import process from "node:process";
import { fileURLToPath } from "node:url";
import { runtime } from "../subject.ts";

/**
 * A program of `fixtures/` under the runtime that runs the tests.
 *
 * @param name its file, without `.ts`
 * @param args its arguments
 * @returns the program to spawn and its arguments
 */
export function fixture(name: string, ...args: string[]): [string, string[]] {
  const file = fileURLToPath(new URL(`../fixtures/${name}.ts`, import.meta.url));
  const options = runtime.name === "deno" ? ["run", "-A", "--no-config", "-q"] : [];
  return [process.execPath, [...options, file, ...args]];
}
