import type { Files } from "../../../runtime/port.ts";

const ENGINE = /^(node(js)?(-?\d+)?|deno|bun|java)( \(deleted\))?$/;

/**
 * Whether a process compiles its program while it runs. Native tools know no names for such code, and its engine is so
 * large that to look up names in it takes most of their time.
 *
 * @param files the host's files
 * @param pid the process
 * @returns false also where that cannot be seen
 */
export function compilesItself(files: Files, pid: number): boolean {
  // Where the link leads, not the name: another program may call itself node.
  return ENGINE.test(files.readLink(`/proc/${pid}/exe`)?.split("/").at(-1) ?? "");
}
