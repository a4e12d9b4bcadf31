import type { Frame } from "../../sample_document.ts";

/**
 * A frame whose file, where it lies below the working directory, is known by its path from there.
 *
 * @param cwd the process's working directory, where it can be read
 * @param frame as its runtime has it
 */
export function placeBelow(cwd: string | undefined, frame: Frame): Frame {
  if (cwd === undefined || cwd === "/" || frame.file?.startsWith(`${cwd}/`) !== true) return frame;
  return { ...frame, file: frame.file.slice(cwd.length + 1) };
}
