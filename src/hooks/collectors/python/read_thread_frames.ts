import type { Frame } from "../../../sample_document.ts";
import { agreeWalks } from "./agree_walks.ts";
import type { FrameNamer } from "./name_frame.ts";
import type { PythonImage } from "./python_image.ts";
import { type RawFrame, walkFrames } from "./walk_frames.ts";

/** The Python stack of a thread. */
export interface ThreadFrames {
  /** Innermost first; empty when the thread runs no Python code. */
  readonly frames: readonly Frame[];
  /** Where each of these lay in memory. */
  readonly raw: readonly RawFrame[];
  /** False when the innermost frames changed too fast to be told, and are left out. */
  readonly isWhole: boolean;
  /** True when the outermost frames are left out, for there are too many. */
  readonly isDeep: boolean;
}

/** How to read a thread. */
export interface ReadThreadOptions {
  readonly name: FrameNamer;
  /** Whether time is up; the first attempt is always made. */
  readonly isOver: () => boolean;
}

const MAX_ATTEMPTS = 60;
/** A thread that keeps calling is caught whole sooner or later, but it is not waited for so long as one never seen. */
const MAX_ATTEMPTS_FOR_WHOLE = 12;

/**
 * Reads the stack of a thread that runs meanwhile: it is looked at twice, and again when the two looks do not agree.
 *
 * @param image whose
 * @param thread address of the thread state
 * @param options how names are found, and until when
 * @returns undefined when it could not be read
 */
export function readThreadFrames(
  image: PythonImage,
  thread: number,
  { name, isOver }: ReadThreadOptions,
): ThreadFrames | undefined {
  let best: ThreadFrames | undefined;
  for (let attempt = 0; attempt < MAX_ATTEMPTS && !(attempt > 0 && isOver()); attempt++) {
    if (best !== undefined && attempt >= MAX_ATTEMPTS_FOR_WHOLE) break;
    const first = walkFrames(image, thread);
    const second = first && walkFrames(image, thread);
    if (first === undefined || second === undefined) continue;
    const agreed = agreeWalks(first, second);
    if (agreed.frames.length === 0 && !agreed.isWhole) continue;
    const named = nameAll(agreed.frames, name);
    if (named === undefined) continue;
    const isDeep = (agreed.frames.at(-1)?.back ?? 0) !== 0;
    if (agreed.isWhole) return { ...named, isWhole: true, isDeep };
    if (best === undefined || named.frames.length > best.frames.length) {
      best = { ...named, isWhole: false, isDeep };
    }
  }
  return best;
}

function nameAll(
  found: readonly RawFrame[],
  name: FrameNamer,
): Pick<ThreadFrames, "frames" | "raw"> | undefined {
  const frames: Frame[] = [];
  const raw: RawFrame[] = [];
  for (const frame of found) {
    const named = name(frame);
    if (named === undefined) return undefined;
    if (named === "hidden") continue;
    frames.push(named);
    raw.push(frame);
  }
  return { frames, raw };
}
