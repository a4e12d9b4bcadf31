import type { RawFrame } from "./walk_frames.ts";

/** What is certain of a stack. */
export interface AgreedFrames {
  /** Innermost first. */
  readonly frames: readonly RawFrame[];
  /** False when the innermost frames changed between the walks, and so are left out. */
  readonly isWhole: boolean;
}

/**
 * Keeps of two walks over a running thread, one right after the other, what they agree on. From the outermost frame
 * on, frames that lie and return to the same place are certain; the first one that is at another instruction is alive,
 * but what it calls may belong to either moment.
 *
 * @param first innermost first
 * @param second innermost first
 */
export function agreeWalks(first: readonly RawFrame[], second: readonly RawFrame[]): AgreedFrames {
  const frames: RawFrame[] = [];
  for (let depth = 1; depth <= Math.min(first.length, second.length); depth++) {
    const before = first.at(-depth)!;
    const after = second.at(-depth)!;
    const isSame = before.address === after.address && before.code === after.code &&
      before.back === after.back;
    if (!isSame) break;
    frames.push(after);
    if (before.offset !== after.offset) break;
  }
  return {
    frames: frames.reverse(),
    isWhole: frames.length === first.length && frames.length === second.length,
  };
}
