import type { PythonImage } from "./python_image.ts";
import type { PythonObjects } from "./python_objects.ts";
import { readText } from "./read_text.ts";

/** Which module. */
export interface ModuleQuery {
  /** Address of the interpreter that has loaded it. */
  readonly interpreter: number;
  /** Such as `asyncio.tasks`. */
  readonly name: string;
}

const MAX_MODULES = 2 ** 14;

/**
 * Finds a module that is loaded.
 *
 * @param image whose
 * @param objects to read `sys.modules`
 * @param query which one
 * @returns its address; undefined when it is not loaded
 */
export function findModule(
  image: PythonImage,
  objects: PythonObjects,
  { interpreter, name }: ModuleQuery,
): number | undefined {
  const modules = image.memory.word(interpreter + image.python.layout.interpreter.modules) ?? 0;
  // Names are not checked to be text first, for there are hundreds; what else is there does not read as the one wanted.
  return objects.entries(modules, MAX_MODULES).findLast(({ key }) => readText(image, key) === name)?.value;
}
