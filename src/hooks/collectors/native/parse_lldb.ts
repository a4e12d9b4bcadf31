import type { RawFrame, ThreadStack } from "./thread_stack.ts";

/** In a backtrace threads are numbered; the list of threads before it says which thread each is. */
const LISTED = /^[* ] thread #(\d+): tid = (0x[0-9a-f]+|\d+)/;
const THREAD = /^[* ] thread #(\d+)\b(?!:)/;
/** Address, module (up to the backquote), the rest. */
const FRAME = /^\s+(?:\* )?frame #\d+: 0x[0-9a-f]+ (?:(.*?)`)?(.*)$/;

/**
 * Parses what lldb's `thread list` and then `thread backtrace all` print.
 *
 * @param text its standard output
 * @returns the threads for which it shows a frame
 */
export function parseLldb(text: string): ThreadStack[] {
  const tids = new Map<string, number>();
  const threads: ThreadStack[] = [];
  let frames: RawFrame[] = [];
  // Before the command it prints where the process stopped, which looks like a short backtrace.
  const start = text.indexOf("(lldb) thread list");
  for (const line of text.slice(Math.max(0, start)).split("\n")) {
    const listed = LISTED.exec(line);
    const thread = THREAD.exec(line);
    const frame = FRAME.exec(line);
    if (listed !== null) {
      tids.set(listed[1]!, Number(listed[2]));
    } else if (thread !== null) {
      frames = [];
      const tid = tids.get(thread[1]!);
      if (tid !== undefined) threads.push({ tid, language: "native", frames });
    } else if (frame !== null) {
      frames.push({ module: frame[1], ...parseCall(frame[2]!) });
    }
  }
  return threads.filter((thread) => thread.frames.length > 0);
}

/** `outer [inlined] name(argument=value, …) at file.c:12:3`, or `name + 33`. */
function parseCall(text: string): RawFrame {
  const source = /^(.*) at ([^\s()][^()]*?):(\d+)(?::\d+)?$/.exec(text);
  const call = (source === null ? text : source[1]!).replace(/ \+ \d+$/, "").replace(/^.* \[inlined\] /, "");
  const name = withoutArguments(call);
  return {
    function: name.startsWith("___lldb_unnamed_symbol") || name === "" ? undefined : name,
    file: source?.[2],
    line: source === null ? undefined : Number(source[3]),
  };
}

/** Takes the last parentheses off when they hold values; `operator()(int)` keeps those of its name. */
function withoutArguments(call: string): string {
  if (!call.endsWith(")")) return call;
  let depth = 0;
  for (let index = call.length - 1; index > 0; index--) {
    if (call[index] === ")") depth++;
    if (call[index] === "(" && --depth === 0) {
      return call.slice(index).includes("=") ? call.slice(0, index) : call;
    }
  }
  return call;
}
