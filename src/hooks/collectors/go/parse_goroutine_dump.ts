import type { Frame } from "../../../sample_document.ts";
import type { Goroutine } from "./goroutine.ts";
import { isRuntimeFrame, isRuntimeOnly } from "./is_runtime_frame.ts";

const MAX_GOROUTINES = 100_000;
const MAX_FRAMES = 100;
const MAX_LINE = 16_384;
/** `goroutine 7 [chan receive, 10 minutes]:`; Go 1.23 and later may put addresses before the state and labels behind. */
const HEADER = /^goroutine (\d{1,15})(?: gp=\S+)?(?: m=\S+)?(?: mp=\S+)? \[([^\]\n]{1,200})\](?: \{.*\})?:$/;
/** `	/path/main.go:12 +0x1d fp=…`. */
const PLACE = /^\t(.+):(\d{1,9})(?: \+0x[0-9a-f]+)?(?: fp=.*)?$/;

/**
 * Parses what the runtime of Go prints of its goroutines, when it gets SIGQUIT or gives up.
 *
 * @param text output that holds such a listing, or several; of each goroutine the last counts
 * @returns those of the program, without the runtime's own; empty when there is no listing
 */
export function parseGoroutineDump(text: string): Goroutine[] {
  const found = new Map<number, { readonly state: string; readonly frames: Frame[]; isShown: boolean }>();
  let current: { readonly state: string; readonly frames: Frame[]; isShown: boolean } | undefined;
  let name: string | undefined;
  for (const raw of text.split("\n")) {
    const line = raw.length > MAX_LINE ? "" : raw.replace(/\r$/, "");
    const header = HEADER.exec(line);
    if (header !== null) {
      name = undefined;
      // One that runs elsewhere has no frames, and yet it is the program's.
      current = { state: header[2]!, frames: [], isShown: /^(?:running|syscall)/.test(header[2]!) };
      const id = Number(header[1]);
      if (id > 0 && found.size < MAX_GOROUTINES) found.set(id, current);
      continue;
    }
    if (current === undefined) continue;
    if (line === "") {
      current = undefined;
      continue;
    }
    const place = PLACE.exec(line);
    if (place === null) {
      name = line.startsWith("\t") || line.startsWith("...") ? undefined : functionName(line);
      continue;
    }
    const frame = { function: name ?? "", file: place[1], line: Number(place[2]) };
    if (!isRuntimeFrame(frame) && current.frames.length < MAX_FRAMES) current.frames.push(frame);
    name = undefined;
  }
  return [...found].filter(([, { frames, isShown }]) =>
    frames.length === 0 ? isShown : !isRuntimeOnly(frames)
  )
    .map(([id, { state, frames }]) => ({ id, state, frames }))
    .sort((a, b) => a.id - b.id);
}

/** `main.(*pool).take(0xc0000…, 0x1)` without what it was called with; undefined for what created the goroutine. */
function functionName(line: string): string | undefined {
  if (line.startsWith("created by ")) return undefined;
  const end = line.endsWith(")") ? line.lastIndexOf("(") : -1;
  return end > 0 ? line.slice(0, end) : undefined;
}
