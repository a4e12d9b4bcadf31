import type { PythonImage } from "./python_image.ts";
import type { PythonObjects } from "./python_objects.ts";
import { isAddress } from "../remote_memory.ts";

const MAX_NAME_BYTES = 64;
/** In bound methods, the function or the definition of one in C; in descriptors, the name. */
const DEFINITION = 16;
const DESCRIPTOR_NAME = 24;
/** In a function of Python: up to 3.9, and from 3.10 on. */
const OLD_FUNCTION_NAME = 64;
const FUNCTION_NAME = 32;
const FIRST_MINOR_WITH_NEW_FUNCTIONS = 10;

/**
 * The name of a function, of a method, bound or not, and of those that are written in C.
 *
 * @param image whose
 * @param objects its objects
 * @param object address of any object
 * @returns undefined for what cannot be called in one of these ways
 */
export function methodName(image: PythonImage, objects: PythonObjects, object: number): string | undefined {
  const { memory, python } = image;
  const at = (address: number, field: number): number => memory.word(address + field) ?? 0;
  switch (objects.typeName(object)) {
    case "builtin_function_or_method":
      return readName(memory, at(at(object, DEFINITION), 0));
    case "method": {
      const inner = at(object, DEFINITION);
      return objects.typeName(inner) === "function" ? methodName(image, objects, inner) : undefined;
    }
    case "function": {
      const isNew = Number(python.version.split(".")[1]) >= FIRST_MINOR_WITH_NEW_FUNCTIONS;
      return objects.text(at(object, isNew ? FUNCTION_NAME : OLD_FUNCTION_NAME));
    }
    case "method_descriptor":
      return objects.text(at(object, DESCRIPTOR_NAME));
    default:
      return undefined;
  }
}

function readName(memory: PythonImage["memory"], address: number): string | undefined {
  const view = isAddress(address) ? memory.readUpTo(address, MAX_NAME_BYTES) : undefined;
  if (view === undefined) return undefined;
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const end = bytes.indexOf(0);
  return end <= 0 ? undefined : new TextDecoder().decode(bytes.subarray(0, end));
}
