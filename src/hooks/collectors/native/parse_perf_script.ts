import type { CollectedStack } from "./native_context.ts";
import type { RawFrame } from "./thread_stack.ts";

/** `   113c main (/path/of/module)`. */
const FRAME = /^\s+([0-9a-f]+) (.*) \((.*)\)$/;
/** `123/456`, process and thread, after a name that may hold blanks. */
const SAMPLE = /(?:^|\s)(\d+)\/(\d+)\s*$/;

/**
 * Parses what `perf script -F comm,pid,tid,ip,sym,dso` prints: each sample is a line with the thread, then one line for
 * each frame, innermost first, then an empty line. Recorded with `--call-graph dwarf`, addresses are those of the calls.
 *
 * @param text its standard output
 * @returns one stack for each sample, frames of the kernel left out
 */
export function parsePerfScript(text: string): CollectedStack[] {
  const samples: CollectedStack[] = [];
  let frames: RawFrame[] = [];
  for (const line of text.split("\n")) {
    const frame = FRAME.exec(line);
    const sample = SAMPLE.exec(line);
    if (frame !== null) {
      const [, address, name, module] = frame;
      if (module!.startsWith("[kernel") || module!.startsWith("[guest")) continue;
      frames.push({
        function: name === "[unknown]" ? undefined : name!.replace(/\+0x[0-9a-f]+$/, ""),
        module: module === "[unknown]" ? undefined : module,
        moduleOffset: parseInt(address!, 16),
      });
    } else if (sample !== null) {
      frames = [];
      samples.push({ pid: Number(sample[1]), tid: Number(sample[2]), language: "native", frames });
    }
  }
  return samples.filter((sample) => sample.frames.length > 0);
}
