import type { Files } from "../../runtime/port.ts";

/**
 * The environment that a process was started with, from `/proc/PID/environ` (proc(5)); what it has set since does not
 * show there.
 *
 * @param files the host's files
 * @param pid the process
 * @returns values by name; undefined when it may not be read, or the process is gone
 */
export function readEnvironment(files: Files, pid: number): Record<string, string> | undefined {
  const text = files.readText(`/proc/${pid}/environ`);
  if (text === undefined || text === "") return undefined;
  const entries = text.split("\0").map((entry) => entry.split("=")).filter(([name]) => name !== "");
  return Object.fromEntries(entries.map(([name, ...value]) => [name, value.join("=")]));
}
