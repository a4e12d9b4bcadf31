import { parseArguments } from "./parse_arguments.ts";
import type { RawFrame, ThreadStack } from "./thread_stack.ts";

/** `Thread 2 (Thread 0x7f (LWP 123) "name"):`, `Thread 1 (LWP 123 …):`, `Thread 1 (process 123):`. */
const THREAD = /^Thread \d+ \(.*?\b(?:LWP|process) (\d+)/;
/** Number, address when the line does not begin there, the rest. */
const FRAME = /^#\d+\s+(?:0x[0-9a-f]+ in )?(.*)$/;
/** The arguments stand in the last parentheses that follow a blank: names and templates contain some too. */
const CALL = /^(.+) \(.*?\)(?: at (.+):(\d+)| from (.+))?$/;

/**
 * Parses what gdb's `thread apply all bt` prints.
 *
 * @param text its standard output
 * @returns the threads for which it shows a frame
 */
export function parseGdb(text: string): ThreadStack[] {
  const threads: ThreadStack[] = [];
  let frames: RawFrame[] = [];
  for (const line of text.split("\n")) {
    const thread = THREAD.exec(line);
    const frame = FRAME.exec(line);
    if (thread !== null) {
      frames = [];
      threads.push({ tid: Number(thread[1]), language: "native", frames });
    } else if (frame !== null) {
      frames.push(parseFrame(frame[1]!));
    }
  }
  return threads.filter((thread) => thread.frames.length > 0);
}

function parseFrame(text: string): RawFrame {
  const fields = CALL.exec(text);
  if (fields === null) return { function: text };
  const values = parseArguments(text);
  return {
    function: fields[1] === "??" ? undefined : fields[1],
    file: fields[2],
    line: fields[3] === undefined ? undefined : Number(fields[3]),
    module: fields[4],
    ...(values === undefined ? {} : { arguments: values }),
  };
}
