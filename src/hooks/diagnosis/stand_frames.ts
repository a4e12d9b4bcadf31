import type { Frame } from "../../sample_document.ts";
import { ownScriptFrames, placedFrames } from "./source_place.ts";
import type { Stand } from "./stand.ts";

/**
 * The place in the source of a stand: that of the task that matters, else that of the thread.
 *
 * @param stand where a process stands
 * @param limit how many frames at most
 * @returns frames of the program, innermost first
 */
export function standFrames({ process, thread, tasks }: Stand, limit: number): readonly Frame[] {
  if (tasks !== undefined && tasks.task.frames.length > 0) {
    return ownScriptFrames(tasks.task.frames).slice(0, limit);
  }
  return placedFrames(process, thread, limit);
}
