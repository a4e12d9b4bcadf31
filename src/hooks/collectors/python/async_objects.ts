import type { PythonImage } from "./python_image.ts";
import type { PythonObjects } from "./python_objects.ts";
import { isAddress, wordAt } from "../remote_memory.ts";
import type { TaskLayout, TaskStructure } from "./task_layout.ts";

/** Tells futures and tasks of asyncio from other objects. */
export interface AsyncObjects {
  /** Whether an object is a task, another future, or none; undefined for a task whose structure is not known. */
  kindOf(object: number): "task" | "future" | "other" | undefined;
  /** The structure of tasks, and of the head of futures, once one task has been seen. */
  structure(): TaskStructure | undefined;
}

const TASK = "_asyncio.Task";
const FUTURE = "_asyncio.Future";
const TYPE_NAME = 24;
const TYPE_BASIC_BYTES = 32;
const TYPE_BASE = 256;
const TYPE_BYTES = 264;
const MAX_BASES = 16;
const NAME_BYTES = 16;

/** What a class derives from. */
interface Ancestry {
  readonly kind: "task" | "future" | "other";
  readonly byteLength: number;
}

/**
 * Makes something that tells futures and tasks, and remembers the classes that it has seen. Tasks that are written in
 * Python, as where the C module is missing, are none.
 *
 * @param image whose
 * @param objects to tell types
 * @param layout of its tasks
 */
export function createAsyncObjects(
  image: PythonImage,
  objects: PythonObjects,
  layout: TaskLayout,
): AsyncObjects {
  const known = new Map<number, Ancestry>();
  let structure: TaskStructure | undefined;
  return {
    kindOf(object) {
      const type = objects.typeOf(object);
      if (type === undefined) return "other";
      const ancestry = known.get(type) ?? readAncestry(image.memory, type);
      known.set(type, ancestry);
      if (ancestry.kind !== "task") return ancestry.kind;
      structure ??= layout.structures[ancestry.byteLength];
      return structure === undefined ? undefined : "task";
    },
    structure: () => structure,
  };
}

/** The C classes are at the end of the line of classes that a program derives from them. */
function readAncestry(memory: PythonImage["memory"], type: number): Ancestry {
  let address = type;
  for (let count = 0; count < MAX_BASES && isAddress(address); count++) {
    const view = memory.read(address, TYPE_BYTES);
    if (view === undefined) break;
    const name = readName(memory, wordAt(view, TYPE_NAME));
    const byteLength = wordAt(view, TYPE_BASIC_BYTES);
    if (name === TASK) return { kind: "task", byteLength };
    if (name === FUTURE) return { kind: "future", byteLength };
    address = wordAt(view, TYPE_BASE);
  }
  return { kind: "other", byteLength: 0 };
}

function readName(memory: PythonImage["memory"], address: number): string | undefined {
  const view = memory.readUpTo(address, NAME_BYTES);
  if (view === undefined) return undefined;
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const end = bytes.indexOf(0);
  return end < 0 ? undefined : new TextDecoder().decode(bytes.subarray(0, end));
}
