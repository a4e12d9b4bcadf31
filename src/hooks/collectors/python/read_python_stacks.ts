import type { Files } from "../../../runtime/port.ts";
import type { LanguageThread } from "../../language_facts.ts";
import { followList } from "./follow_list.ts";
import { joinInterpreters } from "./join_interpreters.ts";
import { locatePython } from "./locate_python.ts";
import { createFrameNamer } from "./name_frame.ts";
import { createFrameValues } from "./frame_values.ts";
import type { LockThread } from "./lock_view.ts";
import type { PythonImage } from "./python_image.ts";
import { createPythonObjects } from "./python_objects.ts";
import type { PythonThread } from "./python_thread.ts";
import { readLocks } from "./read_locks.ts";
import { readTasks, type TasksReading } from "./read_tasks.ts";
import { readThreadFrames } from "./read_thread_frames.ts";
import { readThreadNames } from "./read_thread_names.ts";
import { openRemoteMemory } from "../remote_memory.ts";
import { createThreadNumbers } from "./thread_numbers.ts";
import type { ThreadState } from "./thread_state.ts";

/** What came of looking at a process. */
export type PythonReading =
  | { readonly kind: "none" }
  | { readonly kind: "denied" }
  | { readonly kind: "refused"; readonly reason: string }
  | {
    readonly kind: "read";
    readonly version: string;
    readonly threads: readonly PythonThread[];
    /** Threads that could not be read, for they changed too fast or time was up. */
    readonly unreadCount: number;
    /** Who holds the global interpreter lock; several when interpreters have their own. */
    readonly gilHolderTids: readonly number[];
    /** What is known of the threads' locks, by tid. */
    readonly locks: ReadonlyMap<number, LanguageThread>;
    /** What the program calls its threads, by tid. */
    readonly names: ReadonlyMap<number, string>;
    /** Its asyncio tasks, if it may have any. */
    readonly tasks: TasksReading | undefined;
  };

const PYPY = /\/pypy[\d.]*( \(deleted\))?$/;
const UNKNOWN_OBJECTS =
  "it has no global interpreter lock: its locks, names of threads and tasks are not read";
const MAX_INTERPRETERS = 256;
const MAX_THREADS = 4096;
const MAX_LIST_ATTEMPTS = 10;
/** Before the holder, a lock has the time after which it is asked for. */
const HOLDER_IN_LOCK = 8;

/**
 * Reads the Python stacks of a process from its memory. It goes on running, is not signalled and notices nothing.
 *
 * @param files the host's files
 * @param pid the process
 * @param budgetMs how long this may take, roughly: each step is short, but further ones are not begun
 * @returns the stacks, or why there are none; a layout that is not known is refused
 */
export function readPythonStacks(files: Files, pid: number, budgetMs: number): PythonReading {
  const startMs = performance.now();
  const maps = files.readText(`/proc/${pid}/maps`);
  if (maps === undefined) {
    return files.stat(`/proc/${pid}`) === undefined ? { kind: "none" } : { kind: "denied" };
  }
  const exe = files.readLink(`/proc/${pid}/exe`);
  if (PYPY.test(exe ?? "")) {
    return { kind: "refused", reason: "PyPy is not CPython, and keeps its frames elsewhere" };
  }
  if (!maps.includes("python")) return { kind: "none" };
  const memory = openRemoteMemory(files, pid);
  if (memory === undefined) {
    return files.stat(`/proc/${pid}`) === undefined ? { kind: "none" } : { kind: "denied" };
  }
  try {
    const python = locatePython(memory, maps, exe);
    if (python.kind !== "located") return python;
    const isOver = (): boolean => performance.now() - startMs > budgetMs;
    return readThreads(files, pid, { image: { memory, python }, maps, isOver });
  } finally {
    memory.close();
  }
}

function readThreads(
  files: Files,
  pid: number,
  { image, maps, isOver }: {
    readonly image: PythonImage;
    readonly maps: string;
    readonly isOver: () => boolean;
  },
): PythonReading {
  const { python } = image;
  const interpreters = listInterpreters(image);
  if (interpreters?.length === 0) return { kind: "refused", reason: "its interpreter has not started yet" };
  const addresses = interpreters?.map((interpreter) => listThreads(image, interpreter));
  if (interpreters === undefined || addresses === undefined || addresses.includes(undefined)) {
    return { kind: "refused", reason: `CPython ${python.version} has no such threads: unknown layout` };
  }
  const numberOf = createThreadNumbers(files, pid, image);
  const states = addresses.flatMap((list) => list ?? []).flatMap((address): ThreadState[] => {
    const tid = numberOf(address);
    return tid === undefined ? [] : [{ address, tid }];
  });
  // The newest thread comes first in the list; the main one must not be the one that time is missing for.
  states.sort((a, b) => a.tid - b.tid);
  const holders = new Set(interpreters.map((interpreter) => gilHolder(image, interpreter)));
  const name = createFrameNamer(image);
  const threads: LockThread[] = [];
  let unreadCount = 0;
  for (const { address, tid } of states) {
    const found = threads.length > 0 && isOver()
      ? undefined
      : readThreadFrames(image, address, { name, isOver });
    if (found === undefined) unreadCount++;
    else threads.push({ tid, state: address, id: idOf(image, address), ...found });
  }
  const gilHolderTids = states.filter(({ address }) => holders.has(address)).map(({ tid }) => tid);
  const objects = createPythonObjects(image);
  return {
    kind: "read",
    version: python.version,
    threads: joinInterpreters(threads),
    unreadCount,
    gilHolderTids,
    locks: objects === undefined ? new Map() : readLocks({
      files,
      pid,
      image,
      objects,
      threads,
      interpreterLocks: interpreters.flatMap((interpreter) => gilAddress(image, interpreter) ?? []),
      interpreterLockHolders: new Set(gilHolderTids),
      isOver,
    }),
    names: objects === undefined
      ? new Map()
      : readThreadNames(image, objects, { interpreters, threads: states }),
    tasks: objects === undefined ? { tasks: [], notes: [UNKNOWN_OBJECTS] } : readTasks(image, objects, {
      interpreters,
      threads: states,
      maps,
      name,
      values: createFrameValues(image, objects),
      isOver,
    }),
  };
}

/** The pthread id of a thread, 0 when it cannot be read. */
function idOf({ memory, python }: PythonImage, thread: number): number {
  return memory.word(thread + python.layout.thread.threadId) ?? 0;
}

function listInterpreters({ memory, python }: PythonImage): readonly number[] | undefined {
  const { layout, runtime } = python;
  const list = { next: layout.interpreter.next, limit: MAX_INTERPRETERS };
  return untilDefined(() => followList(memory, memory.word(runtime + layout.interpretersHead), list));
}

/** Each thread names its interpreter: where that is another one, the layout is not what it is taken for. */
function listThreads({ memory, python }: PythonImage, interpreter: number): readonly number[] | undefined {
  const { threadsHead } = python.layout.interpreter;
  const { next, interpreter: back } = python.layout.thread;
  return untilDefined(() => {
    const list = followList(memory, memory.word(interpreter + threadsHead), { next, limit: MAX_THREADS });
    return list?.every((thread) => memory.word(thread + back) === interpreter) ? list : undefined;
  });
}

function gilHolder(image: PythonImage, interpreter: number): number | undefined {
  const { holder, locked } = image.python.layout.gil;
  const lock = gilAddress(image, interpreter);
  if (lock === undefined || image.memory.int32(lock + HOLDER_IN_LOCK + locked - holder) !== 1) {
    return undefined;
  }
  return image.memory.word(lock + HOLDER_IN_LOCK);
}

/** Where the interpreter lock itself starts, wherever it is. */
function gilAddress({ memory, python }: PythonImage, interpreter: number): number | undefined {
  const { pointer, holder } = python.layout.gil;
  const base = pointer === undefined ? python.runtime : memory.word(interpreter + pointer);
  return base === undefined ? undefined : base + holder - HOLDER_IN_LOCK;
}

/** Lists change while they are read. */
function untilDefined<T>(attempt: () => T | undefined): T | undefined {
  for (let count = 0; count < MAX_LIST_ATTEMPTS; count++) {
    const result = attempt();
    if (result !== undefined) return result;
  }
  return undefined;
}
