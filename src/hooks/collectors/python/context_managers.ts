import { methodName } from "./method_name.ts";
import type { PythonImage } from "./python_image.ts";
import type { PythonObjects } from "./python_objects.ts";

const BOUND_SELF = 24;

/**
 * The objects of the `with` or `async with` blocks that a frame is in: each leaves the bound method with which it ends on
 * the stack, or from 3.14 on the method and the object itself.
 *
 * @param image whose
 * @param objects its objects
 * @param stack the part of the frame's stack that is in use, the bottom first
 * @param exit the method: of `with`, or of `async with`
 * @returns addresses of the objects, the outermost block first
 */
export function contextManagers(
  image: PythonImage,
  objects: PythonObjects,
  stack: readonly number[],
  exit: "__exit__" | "__aexit__" = "__exit__",
): readonly number[] {
  return stack.flatMap((object, index) => {
    if (methodName(image, objects, object) !== exit) return [];
    const isBound = objects.typeName(object) === "builtin_function_or_method" ||
      objects.typeName(object) === "method";
    const self = isBound ? image.memory.word(object + BOUND_SELF) : stack[index + 1];
    return self === undefined ? [] : [self];
  });
}
