import type { NativeContext } from "./native_context.ts";

const TOOL = "c++filt";

/**
 * Undoes the mangling of C++ names that a tool built without a demangler left, with one call of `c++filt` (binutils).
 *
 * @param context what was collected
 * @param signal aborted when time is up
 * @returns readable names by mangled ones; empty when there is nothing to do or no `c++filt`
 */
export async function demangleCpp(
  { toolbox, collected }: NativeContext,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const mangled = new Set<string>();
  for (const { frames } of collected) {
    for (const { function: name } of frames) {
      if (name?.startsWith("_Z")) mangled.add(name);
    }
  }
  if (mangled.size === 0 || !toolbox.has(TOOL)) return new Map();
  // As arguments: tools get no standard input. Versions after `@` stay for the cleaning that all names get.
  const { stdout } = await toolbox.run({ name: TOOL, args: ["--", ...mangled], signal });
  const lines = stdout.trimEnd().split("\n");
  return lines.length === mangled.size
    ? new Map([...mangled].map((name, index) => [name, lines[index]!]))
    : new Map();
}
