import type { Frame, Stack } from "../../sample_document.ts";

/**
 * Makes equal stacks one, adding up their counts.
 *
 * @param stacks of one thread, in the order of the snapshots
 * @returns each stack once, the most frequent first and of equal ones the one seen first
 */
export function foldStacks(stacks: Iterable<Stack>): Stack[] {
  const folded = new Map<string, Stack>();
  for (const stack of stacks) {
    const key = `${stack.language}\n${stack.frames.map(frameKey).join("\n")}`;
    const seen = folded.get(key);
    folded.set(key, seen === undefined ? stack : { ...seen, count: seen.count + stack.count });
  }
  return [...folded.values()].sort((a, b) => b.count - a.count);
}

/**
 * A string that two frames share when they are the same place in a program.
 *
 * @param frame a frame
 */
export function frameKey(frame: Frame): string {
  return `${frame.function}\t${frame.file ?? ""}\t${frame.line ?? ""}`;
}
