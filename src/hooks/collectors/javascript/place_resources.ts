import type { LoopTimer } from "../../language_facts.ts";
import type { FunctionPlace } from "./function_places.ts";
import type { KeptResource } from "./kept_resource.ts";
import type { PlacedFrame, PlaceFrames } from "./place_frames.ts";

/** What an event loop keeps, in words with places, and the timers of the program itself. */
export interface PlacedResources {
  readonly words: readonly string[];
  /** undefined when a timer is among them of which nothing is known. */
  readonly timers?: readonly LoopTimer[] | undefined;
}

/**
 * Says where in the source the functions stand that an event loop will call.
 *
 * @param resources what it keeps
 * @param urls of scripts by the engine's id of them
 * @param place finds sources
 */
export async function placeResources(
  resources: readonly KeptResource[],
  urls: ReadonlyMap<string, string>,
  place: PlaceFrames,
): Promise<PlacedResources> {
  const words: string[] = [];
  const timers: LoopTimer[] = [];
  let isKnown = true;
  for (const resource of resources) {
    const placed = await place(resource.callbacks.map((callback) => toScriptFrame(callback, urls)));
    const own = placed.find(isOwn);
    words.push(own === undefined ? resource.words : `${resource.words} (callback at ${shortPlace(own)})`);
    const isOfLibrary = placed.length > 0 && own === undefined;
    if (resource.timer !== undefined && !isOfLibrary) timers.push(resource.timer);
    isKnown &&= resource.words !== "a timer";
  }
  return { words, timers: isKnown ? timers : undefined };
}

function toScriptFrame({ scriptId, line, column }: FunctionPlace, urls: ReadonlyMap<string, string>) {
  return { function: "(anonymous)", url: urls.get(scriptId), line, column, isAsync: false };
}

function isOwn({ file }: PlacedFrame): boolean {
  return file !== undefined && file !== "" && !/\/node_modules\/|^node:/.test(file);
}

function shortPlace({ file, line }: PlacedFrame): string {
  return `${file!.split("/").at(-1)}:${line}`;
}
