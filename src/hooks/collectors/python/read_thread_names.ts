import { findModule } from "./find_module.ts";
import type { PythonImage } from "./python_image.ts";
import type { PythonObjects } from "./python_objects.ts";
import type { ThreadState } from "./thread_state.ts";

/** Of which process. */
export interface ReadThreadNamesOptions {
  /** Addresses of its interpreters. */
  readonly interpreters: readonly number[];
  readonly threads: readonly ThreadState[];
}

const MAX_THREADS = 4096;

/**
 * The names that a program gives its threads, such as `Thread-1 (work)`, as the module `threading` keeps them.
 *
 * @param image whose
 * @param objects to read them
 * @param options whose threads
 * @returns by thread number; empty for a program that has not loaded that module
 */
export function readThreadNames(
  { memory, python }: PythonImage,
  objects: PythonObjects,
  { interpreters, threads }: ReadThreadNamesOptions,
): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  const { threadId, interpreter: back } = python.layout.thread;
  for (const interpreter of interpreters) {
    const module = findModule({ memory, python }, objects, { interpreter, name: "threading" });
    const active = module === undefined ? undefined : objects.attribute(module, "_active");
    if (active === undefined) continue;
    const own = threads.filter(({ address }) => memory.word(address + back) === interpreter);
    const tids = new Map(own.map(({ address, tid }) => [memory.word(address + threadId), tid]));
    for (const { key, value } of objects.entries(active, MAX_THREADS)) {
      const tid = tids.get(objects.integer(key));
      const name = tid === undefined ? undefined : objects.attribute(value, "_name");
      const text = name === undefined ? undefined : objects.text(name);
      if (tid !== undefined && text) names.set(tid, text);
    }
  }
  return names;
}
