import type { PythonImage } from "./python_image.ts";
import type { PythonObjects } from "./python_objects.ts";

/** Which module. */
export interface ModuleQuery {
  /** Address of the interpreter that has loaded it. */
  readonly interpreter: number;
  /** Such as `asyncio.tasks`. */
  readonly name: string;
}

/**
 * Finds a module that is loaded.
 *
 * @param image whose
 * @param objects to read `sys.modules`
 * @param query which one
 * @returns its address; undefined when it is not loaded
 */
export function findModule(
  { memory, python }: PythonImage,
  objects: PythonObjects,
  { interpreter, name }: ModuleQuery,
): number | undefined {
  const modules = memory.word(interpreter + python.layout.interpreter.modules);
  return modules === undefined ? undefined : objects.valueOf(modules, name);
}
