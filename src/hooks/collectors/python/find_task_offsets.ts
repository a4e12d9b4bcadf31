import type { RemoteMemory } from "../remote_memory.ts";
import { wordAt } from "../remote_memory.ts";

/** Where asyncio says that its tasks are, from 3.14 on; all numbers are bytes. */
export interface TaskOffsets {
  /** In a task. */
  readonly task: {
    readonly byteLength: number;
    readonly name: number;
    readonly coroutine: number;
    /** By which it hangs in a list. */
    readonly node: number;
  };
  /** In an interpreter: the head of the list of those tasks whose threads have ended. */
  readonly interpreterHead: number;
  /** In a thread state: the head of the list of its tasks, and the one that runs. */
  readonly thread: { readonly head: number; readonly running: number };
}

/** What the offsets are looked for with. */
export interface FindTaskOffsetsOptions {
  /** The text of `/proc/PID/maps`. */
  readonly maps: string;
  /** How large an interpreter is, by which the offsets are recognised. */
  readonly interpreterBytes: number;
}

const WORDS = 13;
const TASK_BYTES = 0;
const TASK_NAME = 1;
const TASK_COROUTINE = 5;
const TASK_NODE = 6;
const INTERPRETER_BYTES = 7;
const INTERPRETER_HEAD = 8;
const THREAD_BYTES = 9;
const THREAD_RUNNING = 11;
const THREAD_HEAD = 12;
/** Of these structures, each word after the first lies inside. */
const GROUPS = [[TASK_BYTES, INTERPRETER_BYTES], [INTERPRETER_BYTES, THREAD_BYTES], [THREAD_BYTES, WORDS]];
const MAX_THREAD_BYTES = 2 ** 16;
const MAX_REGION_BYTES = 2 ** 22;
const MAX_REGIONS = 8;
const DATA_LINE = /^([0-9a-f]+)-([0-9a-f]+) rw\S+ \S+ \S+ \d+ +(\/.*)$/;
const OWN_MODULE = /\/_asyncio\.[^/]*$/;
const PROGRAM = /\/(lib)?python[^/]*$/;

/**
 * Finds the table in which asyncio tells where its tasks are (`AsyncioDebug` of CPython). Its place is written in the
 * file only, so it is looked for among the data of the module, or of the program where the module is part of it.
 *
 * @param memory of the process
 * @param options where to look, and how it is recognised
 * @returns undefined when there is none
 */
export function findTaskOffsets(
  memory: Omit<RemoteMemory, "close">,
  { maps, interpreterBytes }: FindTaskOffsetsOptions,
): TaskOffsets | undefined {
  const regions = maps.split("\n").flatMap((line) => {
    const [, start, end, path] = DATA_LINE.exec(line) ?? [];
    return path === undefined
      ? []
      : [{ start: Number.parseInt(start!, 16), end: Number.parseInt(end!, 16), path }];
  });
  const own = regions.filter(({ path }) => OWN_MODULE.test(path));
  const places = own.length > 0 ? own : regions.filter(({ path }) => PROGRAM.test(path));
  for (const { start, end } of places.slice(0, MAX_REGIONS)) {
    const data = memory.readUpTo(start, Math.min(end - start, MAX_REGION_BYTES));
    const found = data && findIn(data, interpreterBytes);
    if (found !== undefined) return found;
  }
  return undefined;
}

function findIn(data: DataView, interpreterBytes: number): TaskOffsets | undefined {
  for (let start = 0; start + WORDS * 8 <= data.byteLength; start += 8) {
    if (data.getUint32(start + INTERPRETER_BYTES * 8, true) !== interpreterBytes) continue;
    const words = Array.from({ length: WORDS }, (_, index) => wordAt(data, start + index * 8));
    if (words[INTERPRETER_BYTES] !== interpreterBytes || words[THREAD_BYTES]! > MAX_THREAD_BYTES) continue;
    const areInside = GROUPS.every(([first, end]) =>
      words.slice(first! + 1, end).every((word) => word > 0 && word < words[first!]!)
    );
    if (areInside) return offsetsOf(words);
  }
  return undefined;
}

function offsetsOf(words: readonly number[]): TaskOffsets {
  return {
    task: {
      byteLength: words[TASK_BYTES]!,
      name: words[TASK_NAME]!,
      coroutine: words[TASK_COROUTINE]!,
      node: words[TASK_NODE]!,
    },
    interpreterHead: words[INTERPRETER_HEAD]!,
    thread: { head: words[THREAD_HEAD]!, running: words[THREAD_RUNNING]! },
  };
}
