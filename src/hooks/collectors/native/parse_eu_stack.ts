import type { RawFrame, ThreadStack } from "./thread_stack.ts";

/** `#0  0x00007f2b NAME - /path/of/module`, where NAME or the module may be missing. */
const FRAME = /^#(\d+)\s+0x[0-9a-f]+(.*)$/;
/** Modules are absolute paths or, like the kernel's, in brackets; a dash may also stand in a C++ name. */
const MODULE = /^(.*?)\s-\s([/[].*)$/;
/** What `-b` adds below a frame: build id, beginning of the module, and the call's offset in it. */
const PLACE = /^\s+\[[0-9a-f]*\]@0x([0-9a-f]+)\+0x([0-9a-f]+)/;

/**
 * Parses what `eu-stack -m -b -p PID` prints (elfutils), with or without `-q`.
 *
 * @param text its standard output, which may have been cut off
 * @returns the threads for which it shows a frame
 */
export function parseEuStack(text: string): ThreadStack[] {
  const threads: ThreadStack[] = [];
  let frames: RawFrame[] = [];
  for (const line of text.split("\n")) {
    const thread = /^TID (\d+):/.exec(line);
    if (thread !== null) {
      frames = [];
      threads.push({ tid: Number(thread[1]), language: "native", frames });
      continue;
    }
    const frame = FRAME.exec(line);
    if (frame !== null) {
      frames.push(parseFrame(frame[2]!));
      continue;
    }
    const place = PLACE.exec(line);
    const last = frames.pop();
    if (last === undefined) continue;
    frames.push(
      place === null
        ? last
        : { ...last, moduleBase: parseInt(place[1]!, 16), moduleOffset: parseInt(place[2]!, 16) },
    );
  }
  return threads.filter((thread) => thread.frames.length > 0);
}

function parseFrame(rest: string): RawFrame {
  const fields = MODULE.exec(rest);
  const name = (fields === null ? rest : fields[1]!).trim();
  return {
    function: name === "" || name === "??" ? undefined : name,
    module: fields === null ? undefined : fields[2]!,
  };
}
