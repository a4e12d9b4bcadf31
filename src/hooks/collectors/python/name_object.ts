import type { FrameValues } from "./frame_values.ts";
import type { PythonObjects } from "./python_objects.ts";
import type { RawFrame } from "./walk_frames.ts";

/** How a program calls an object. */
export interface ObjectName {
  readonly text: string;
  /** Better names have a lower rank: a variable of a module, an attribute, a variable of a function. */
  readonly rank: number;
}

/** Finds how a program calls an object, by its addresses: its own, and that of what it is built on. */
export type ObjectNamer = (
  addresses: ReadonlySet<number>,
  frames: readonly RawFrame[],
) => ObjectName | undefined;

const MAX_FRAMES = 6;
const MAX_OWNERS = 16;
const MAX_ATTRIBUTES = 256;
/** Bounds the whole of a process: a name is worth little. */
const MAX_LOOKS = 2000;
/** Longer names help nobody. */
const MAX_NAME_CHARACTERS = 80;

/**
 * Makes something that finds names of objects in variables and attributes that refer to them.
 *
 * @param objects those of a process
 * @param values of its frames
 * @param isOver whether time is up; objects then have no names
 */
export function createObjectNamer(
  objects: PythonObjects,
  values: FrameValues,
  isOver: () => boolean = () => false,
): ObjectNamer {
  let looks = 0;
  // Threads that wait for the same thing come by the same objects.
  const globalsOf = remembered((dictionary) => objects.entries(dictionary));
  const attributesOf = remembered((object) => objects.attributes(object, MAX_ATTRIBUTES));
  return (addresses, frames) => {
    const found: ObjectName[] = [];
    for (const frame of frames.slice(0, MAX_FRAMES)) {
      if (++looks > MAX_LOOKS || isOver()) break;
      const inModule = globalsOf(values.globals(frame)).find(({ value }) => addresses.has(value));
      const inModuleName = inModule && objects.text(inModule.key);
      if (inModuleName !== undefined) return { text: inModuleName.slice(0, MAX_NAME_CHARACTERS), rank: 0 };
      const locals = values.locals(frame);
      for (const { name, value } of locals) if (addresses.has(value)) found.push({ text: name, rank: 2 });
      for (const { name, value } of locals.slice(0, MAX_OWNERS)) {
        if (addresses.has(value)) continue;
        const entry = attributesOf(value).find((entry) => addresses.has(entry.value));
        const attribute = entry && objects.text(entry.key);
        if (attribute !== undefined) found.push({ text: `${name}.${attribute}`, rank: 1 });
      }
    }
    const best = found.toSorted((a, b) => a.rank - b.rank)[0];
    return best && { ...best, text: best.text.slice(0, MAX_NAME_CHARACTERS) };
  };
}

type Entries = ReturnType<PythonObjects["entries"]>;

function remembered(read: (address: number) => Entries): (address: number) => Entries {
  const seen = new Map<number, Entries>();
  return (address) => {
    const known = seen.get(address) ?? read(address);
    seen.set(address, known);
    return known;
  };
}
