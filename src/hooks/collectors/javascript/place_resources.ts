import type { LoopTimer } from "../../language_facts.ts";
import type { FunctionPlace } from "./function_places.ts";
import type { KeptResource } from "./kept_resource.ts";
import type { PlacedFrame, PlaceFrames } from "./place_frames.ts";

const MAX_SHOWN = 40;
const LIBRARY = /\/node_modules\/|^node:/;

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
    const isOfLibrary = placed.length > 0 && placed.every(({ file }) => LIBRARY.test(file ?? ""));
    if (resource.timer !== undefined && !isOfLibrary) timers.push(resource.timer);
    isKnown &&= resource.words !== "a timer";
  }
  return { words: countEqual(words), timers: isKnown ? timers : undefined };
}

function countEqual(words: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].slice(0, MAX_SHOWN).map(([word, count]) =>
    count === 1 ? word : `${word} (${count} times)`
  );
}

function toScriptFrame({ scriptId, line, column }: FunctionPlace, urls: ReadonlyMap<string, string>) {
  return { function: "(anonymous)", url: urls.get(scriptId), line, column, isAsync: false };
}

function isOwn({ file }: PlacedFrame): boolean {
  return file !== undefined && file !== "" && !LIBRARY.test(file);
}

function shortPlace({ file, line }: PlacedFrame): string {
  return `${file!.split("/").at(-1)}:${line}`;
}
