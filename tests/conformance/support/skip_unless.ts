import { runtime } from "../subject.ts";
import { existsSync } from "node:fs";

/** The value of a test's `skip`: the reason, or false. */
export type Skip = string | false;

/** Skips where there is no `/proc`. */
export const unlessProc: Skip = runtime.os === "linux" ? false : "needs the /proc of Linux";

/**
 * Skips where a program is not installed.
 *
 * @param program its name
 * @returns the reason to skip, or false
 */
export function unlessInstalled(program: string): Skip {
  const directories = (runtime.getEnv("PATH") ?? "").split(":");
  return directories.some((directory) => existsSync(`${directory}/${program}`)) ? false : `needs ${program}`;
}
