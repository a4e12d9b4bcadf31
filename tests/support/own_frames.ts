import type { Frame } from "../../src/sample_document.ts";

/**
 * The frames of a stack that are not the C library's, as text.
 *
 * @param frames innermost first
 * @returns such as `take two_locks.c:6`
 */
export function ownFrames(frames: readonly Frame[]): string[] {
  return frames
    .filter((frame) => !/^libc\.so|^libpthread|^ld-/.test(frame.file ?? "") && frame.function !== "_start")
    .map((frame) => `${frame.function} ${(frame.file ?? "-").split("/").at(-1)}:${frame.line ?? "-"}`);
}
