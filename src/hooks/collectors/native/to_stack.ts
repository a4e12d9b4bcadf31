import type { Frame, Stack } from "../../../sample_document.ts";
import { cleanFunctionName } from "./clean_function_name.ts";
import type { SourcePlace } from "./parse_addr2line.ts";
import { type RawFrame, type ThreadStack } from "./thread_stack.ts";

/** Source places by `placeKey`, from the innermost inlined function. */
export type SourcePlaces = ReadonlyMap<string, readonly SourcePlace[]>;

/** What is known beyond what the tool that unwound the stacks printed. */
export interface StackLookups {
  readonly places: SourcePlaces;
  /** Readable names by mangled ones. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Names a place in a program, whichever process runs it.
 *
 * @param frame a frame
 * @returns undefined where the module or the offset in it is not known
 */
export function placeKey(frame: RawFrame): string | undefined {
  if (frame.module === undefined || frame.moduleOffset === undefined) return undefined;
  return `${frame.module}+${frame.moduleOffset}`;
}

/**
 * Whether a module is the C library: its inside would add frames, and names that depend on which debug information is
 * installed, without telling more than its public functions do.
 *
 * @param module path or name
 */
export function isCLibrary(module: string): boolean {
  return /^(libc|libpthread|ld-linux[\w-]*|ld-musl-\w+|libc\.musl-\w+|ld)[-.](\d[\d.]*)?\.?so/.test(
    baseName(module),
  );
}

/**
 * A stack for the sample: names cleaned, inlined functions and source lines put in. Places inside the C library that
 * have no name are left out: with its debug information installed they would be its insides.
 *
 * @param thread what a tool printed
 * @param lookups what else is known
 * @returns the stack, seen once
 */
export function toStack(thread: ThreadStack, lookups: StackLookups): Stack {
  const telling = thread.frames.filter((frame) => !isUnnamedInside(frame, lookups));
  const frames = (telling.length > 0 ? telling : thread.frames).flatMap((frame) => toFrames(frame, lookups));
  return { language: thread.language, count: 1, frames };
}

function isUnnamedInside(frame: RawFrame, { places }: StackLookups): boolean {
  if (frame.function !== undefined || frame.module === undefined || !isCLibrary(frame.module)) return false;
  return (places.get(placeKey(frame) ?? "")?.length ?? 0) === 0;
}

function toFrames(raw: RawFrame, { places, names }: StackLookups): Frame[] {
  const own = raw.function === undefined ? undefined : names.get(raw.function) ?? raw.function;
  const found = places.get(placeKey(raw) ?? "") ?? [];
  const outermost = found.at(-1);
  if (raw.module !== undefined && isCLibrary(raw.module)) {
    return [toFrame(raw, { function: own ?? outermost?.function })];
  }
  const bare = { ...raw, function: own };
  if (outermost === undefined) return [toFrame(raw, bare)];
  // perf's offsets are not always those of the debug information: a wrong line is worse than none.
  const isPerf = raw.moduleBase === undefined;
  if (isPerf && own !== undefined && outermost.function?.startsWith(own) !== true) {
    return [toFrame(raw, bare)];
  }
  const inlined = found.slice(0, -1).map((place) => toFrame(raw, place));
  return [
    ...inlined,
    toFrame(raw, { ...outermost, function: isPerf ? outermost.function : own ?? outermost.function }),
  ];
}

function toFrame(raw: RawFrame, place: SourcePlace): Frame {
  const module = raw.module === undefined ? undefined : baseName(raw.module);
  if (place.function === undefined) {
    const offset = raw.moduleOffset === undefined ? "" : `+0x${raw.moduleOffset.toString(16)}`;
    return { function: module === undefined ? "??" : `${module}${offset}` };
  }
  const name = cleanFunctionName(place.function);
  if (place.file !== undefined) return { function: name, file: place.file, line: place.line };
  return module === undefined ? { function: name } : { function: name, file: module };
}

function baseName(path: string): string {
  return path.split("/").at(-1) ?? path;
}
