import type { ThreadFrames } from "./read_thread_frames.ts";

/** A thread that runs Python code. */
export interface PythonThread extends ThreadFrames {
  readonly tid: number;
}
