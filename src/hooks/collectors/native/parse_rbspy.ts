import type { RawFrame, ThreadStack } from "./thread_stack.ts";

/** `name - /path/file.rb:12`. */
const FRAME = /^(.+?) - (.+):(\d+)$/;

/**
 * Parses what `rbspy snapshot` prints: the stack of the thread that holds the interpreter's lock, innermost last.
 *
 * @param text its standard output
 * @param pid the process, whose main thread this is taken for
 * @returns one stack, or none
 */
export function parseRbspy(text: string, pid: number): ThreadStack[] {
  const frames: RawFrame[] = [];
  for (const line of text.split("\n")) {
    const fields = FRAME.exec(line);
    if (fields === null) continue;
    const [, name, file, number] = fields;
    const known = !/^\(?unknown\)?$/.test(file!);
    frames.unshift({ function: name, file: known ? file : undefined, line: Number(number) || undefined });
  }
  return frames.length === 0 ? [] : [{ tid: pid, language: "ruby", frames }];
}
