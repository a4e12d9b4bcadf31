import type { RawFrame, ThreadStack } from "./thread_stack.ts";

/**
 * Parses what `dotnet-stack report` prints: for each thread its number in hexadecimal, then one line for each managed
 * method as `module!type.method(parameters)`, innermost first.
 *
 * @param text its standard output
 * @returns the threads that run managed code
 */
export function parseDotnetStack(text: string): ThreadStack[] {
  const threads: ThreadStack[] = [];
  let frames: RawFrame[] = [];
  for (const line of text.split("\n")) {
    const thread = /^Thread \((0x[0-9A-Fa-f]+)\):/.exec(line);
    if (thread !== null) {
      frames = [];
      threads.push({ tid: Number(thread[1]), language: "dotnet", frames });
      continue;
    }
    const frame = /^\s+(?:([^!\s]+)!)?(\S.*?)\s*$/.exec(line);
    if (frame !== null && frame[2] !== "[Native Frames]") {
      frames.push({ function: frame[2]!.replace(/^\?!/, ""), module: frame[1] });
    }
  }
  return threads.filter((thread) => thread.frames.length > 0);
}
