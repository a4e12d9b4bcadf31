import type { TaskFacts } from "../../language_facts.ts";
import type { AwaitChain } from "./await_chains.ts";
import { isRuntimeFrame } from "./call_sites.ts";
import { awaitedExpression } from "./awaited_expression.ts";
import type { PlacedFrame, PlaceFrames } from "./place_frames.ts";

/**
 * Makes a task of each chain of async functions that are suspended.
 *
 * @param chains of one program
 * @param place finds their sources
 * @param idPrefix keeps the ids of several programs of a process apart
 * @returns tasks named after their outermost function that is not a library's, which wait for what the innermost one of the program awaits
 */
export function toAwaitTasks(
  chains: readonly AwaitChain[],
  place: PlaceFrames,
  idPrefix: string,
): Promise<readonly TaskFacts[]> {
  return Promise.all(chains.map(async ({ count, frames }, at): Promise<TaskFacts> => {
    const placed = await place(frames);
    const own = placed[frames.findIndex((frame) => !isRuntimeFrame(frame))];
    const named = placed.findLast((frame) =>
      isNamed(frame) && !/\/node_modules\/|^node:/.test(frame.file!)
    ) ??
      placed.findLast(isNamed);
    return {
      kind: "task",
      language: "javascript",
      id: `${idPrefix}${at + 1}`,
      name: named?.function ?? "an async function",
      state: "suspended at await",
      count,
      frames: placed.map(toFrame),
      waitsFor: own?.text === undefined || own.column === undefined
        ? undefined
        : awaitedExpression(own.text, own.column),
    };
  }));
}

function isNamed({ function: name, file }: PlacedFrame): boolean {
  return file !== undefined && name !== "(anonymous)";
}

/**
 * Leaves out what a frame carries beside its place.
 *
 * @param placed the frame
 */
export function toFrame({ function: name, file, line }: PlacedFrame): {
  readonly function: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
} {
  return { function: name, file, line };
}
