import { groupBy } from "../../../std/group_by.ts";
import type { PythonThread } from "./python_thread.ts";

/**
 * Makes one stack of those that a thread has in several interpreters: what runs in the one was called by code of the
 * other. Frames of the interpreter's own on the thread's native stack, which grows downwards, tell which is the inner one.
 *
 * @param threads as they were read, the newest interpreter first
 * @returns each thread once
 */
export function joinInterpreters(threads: readonly PythonThread[]): readonly PythonThread[] {
  return [...groupBy(threads, ({ tid }) => tid).values()].map((parts) => {
    const inOrder = parts.toSorted((a, b) => nativeAddress(a) - nativeAddress(b));
    return {
      tid: parts[0]!.tid,
      frames: inOrder.flatMap(({ frames }) => frames),
      raw: inOrder.flatMap(({ raw }) => raw),
      isWhole: inOrder.every(({ isWhole }) => isWhole),
      isDeep: inOrder.some(({ isDeep }) => isDeep),
    };
  });
}

/** Up to 3.11 there are no such frames, and the order stays as it is. */
function nativeAddress({ raw }: PythonThread): number {
  return raw.at(-1)?.back ?? 0;
}
