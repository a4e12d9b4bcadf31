import type { LocatedPython } from "./locate_python.ts";
import type { RemoteMemory } from "../remote_memory.ts";

/** A CPython and the memory that it lies in. */
export interface PythonImage {
  readonly memory: Omit<RemoteMemory, "close">;
  readonly python: LocatedPython;
}
