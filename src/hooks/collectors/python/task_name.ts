import type { PythonImage } from "./python_image.ts";
import type { PythonObjects } from "./python_objects.ts";
import type { TaskStructure } from "./task_layout.ts";

/** The id of a task by its address, unique within its process. */
export function taskId(address: number): string {
  return `0x${address.toString(16)}`;
}

/**
 * The name of a task. A name that asyncio makes up is a number until the program asks for it.
 *
 * @param image whose
 * @param objects to read it
 * @param task address of the task, and its structure
 * @returns its id when it has none that can be read
 */
export function taskName(
  { memory }: PythonImage,
  objects: PythonObjects,
  { address, structure }: { readonly address: number; readonly structure: TaskStructure },
): string {
  const name = memory.word(address + structure.name) ?? 0;
  const number = objects.integer(name);
  return objects.text(name) ?? (number === undefined ? taskId(address) : `Task-${number}`);
}
