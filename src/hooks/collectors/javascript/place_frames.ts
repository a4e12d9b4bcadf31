import type { Frame } from "../../../sample_document.ts";
import { isRuntimeFrame, type ScriptFrame } from "./call_sites.ts";
import { filePathOf } from "./file_path_of.ts";
import type { Scripts } from "./read_scripts.ts";
import type { SourceLookup } from "./source_lookup.ts";

/** A frame in the source that people wrote, and its line. */
export interface PlacedFrame extends Frame {
  /** From 1. */
  readonly column?: number | undefined;
  /** The line as it stands in the source; undefined when that is not on this machine. */
  readonly text?: string | undefined;
}

/** Places frames of one program; each stack may share scripts with the others. */
export type PlaceFrames = (frames: readonly ScriptFrame[]) => Promise<readonly PlacedFrame[]>;

/**
 * Prepares to place the frames of a program.
 *
 * @param lookup finds maps and sources
 * @param scripts of the program; "mapped" when places are those in the sources already, as in Deno
 */
export function createFramePlacer(lookup: SourceLookup, scripts: Scripts | "mapped"): PlaceFrames {
  if (scripts === "mapped") {
    return (mapped) => Promise.resolve(mapped.map((frame) => placeAsIs(lookup, frame)));
  }
  return (frames) => Promise.all(frames.map((frame) => place(lookup, scripts.maps, frame)));
}

/**
 * Whether the program is to be asked for its scripts, because one of them may not be on disk as it runs.
 *
 * @param lookup finds sources
 * @param frames all that are to be placed
 */
export function needsScripts(lookup: SourceLookup, frames: readonly ScriptFrame[]): boolean {
  const urls = new Set(frames.flatMap((frame) => isRuntimeFrame(frame) ? [] : [frame.url!]));
  return [...urls].some((url) => mayBeTransformed(lookup, url));
}

/** Loaders and test runners hand other text to the engine than stands in the file; libraries are left as they are. */
function mayBeTransformed(lookup: SourceLookup, url: string): boolean {
  const path = filePathOf(url);
  return !path.includes("/node_modules/") || lookup.lineOf(path, 1) === undefined;
}

async function place(
  lookup: SourceLookup,
  maps: ReadonlyMap<string, string>,
  frame: ScriptFrame,
): Promise<PlacedFrame> {
  const { url, line, column } = frame;
  if (url === undefined || line === undefined || column === undefined || isRuntimeFrame(frame)) {
    return placeAsIs(lookup, frame);
  }
  const mapUrl = maps.get(filePathOf(url)) ?? lookup.mapUrlOf(url);
  const map = await lookup.mapOf(url, mapUrl);
  const original = map?.placeOf(line, column);
  if (map === undefined || original === undefined) return placeAsIs(lookup, frame);
  const file = lookup.pathOf(url, mapUrl, original.source);
  return {
    function: lookup.nameOf(frame, map) ?? frame.function,
    file,
    line: original.line,
    column: original.column,
    text: original.content?.split("\n", original.line)[original.line - 1] ??
      lookup.lineOf(file, original.line),
  };
}

function placeAsIs(lookup: SourceLookup, frame: ScriptFrame): PlacedFrame {
  const { function: name, url, line, column } = frame;
  if (url === undefined || isRuntimeFrame(frame)) return { function: name, file: url, line };
  const path = filePathOf(url);
  return {
    function: name,
    file: path,
    line,
    column,
    text: line === undefined ? undefined : lookup.lineOf(path, line),
  };
}
