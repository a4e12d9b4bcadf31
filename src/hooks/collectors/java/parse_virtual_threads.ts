import { groupBy } from "../../../std/group_by.ts";
import type { LanguageWait } from "../../language_facts.ts";
import type { TaskFacts } from "../../language_facts.ts";
import { asObject, type Json } from "../as_object.ts";
import { javaWaitOf } from "./java_wait.ts";
import { plainName } from "./plain_name.ts";
import type { DumpFrame, DumpLock } from "./thread_dump.ts";

const MAX_THREADS = 100_000;
const MAX_FRAMES = 500;
const MAX_TEXT = 300;
/** Between the call of the program and its virtual thread's leaving the processor, and what started the thread. */
const PLUMBING =
  /^(?:java\.lang\.(?:VirtualThread|System\$\d+|Object\.wait0|Thread\.sleepNanos)|java\.util\.concurrent\.locks\.(?:LockSupport|AbstractQueued)|jdk\.internal\.)/;
const RUN = "java.lang.VirtualThread.run";
const ACTIONS: readonly (readonly [string, DumpLock["action"]])[] = [
  ["blockedOn", "enter"],
  ["waitingOn", "wait"],
];
const WORDS: Readonly<Partial<Record<LanguageWait["kind"], (type: string) => string>>> = {
  lock: (type) => type,
  latch: (type) => type,
  semaphore: (type) => type,
  condition: (type) => `a notification on ${type}`,
  queue: (type) => `an item of ${type}`,
  future: (type) => `the result of ${type}`,
  join: () => "the end of another thread",
  sleep: () => "the end of its sleep",
  io: () => "input or output",
};

/** A virtual thread as the file has it. */
interface VirtualThread {
  readonly task: TaskFacts;
  readonly blockedOn?: string | undefined;
  readonly owned: readonly string[];
}

/**
 * Parses the file that `jcmd Thread.dump_to_file -format=json` of JDK 21 and later writes.
 *
 * @param text the whole file
 * @returns the virtual threads in it, those in the same place as one; undefined when it is no such file
 */
export function parseVirtualThreads(text: string): TaskFacts[] | undefined {
  const containers = asObject(asObject(parseJson(text))?.["threadDump"])?.["threadContainers"];
  if (!Array.isArray(containers)) return undefined;
  const threads = containers.flatMap((container) => asArray(asObject(container)?.["threads"]))
    .slice(0, MAX_THREADS).flatMap((thread) => readThread(asObject(thread) ?? {}));
  const owners = new Map(threads.flatMap(({ task, owned }) => owned.map((lock) => [lock, task.id])));
  const tasks = threads.map(({ task, blockedOn }) => {
    const owner = blockedOn === undefined ? undefined : owners.get(blockedOn);
    return owner === undefined ? task : { ...task, onIds: [owner] };
  });
  const needed = new Set(tasks.flatMap(({ onIds = [] }) => onIds));
  const groups = groupBy(tasks, (task) => {
    // Who is part of a chain of waits stands for itself.
    const own = task.onIds === undefined && !needed.has(task.id) ? "" : task.id;
    return JSON.stringify([task.name, task.state, task.frames, task.waitsFor, own]);
  });
  return [...groups.values()].map((group) => ({ ...group[0]!, count: group.length }));
}

function readThread(thread: Json): VirtualThread[] {
  const lines = asArray(thread["stack"]).slice(0, MAX_FRAMES).filter((line) => typeof line === "string");
  const frames = lines.flatMap((line) => readFrame(line));
  // JDK 21 does not say which threads are virtual.
  if (thread["virtual"] !== true && frames.at(-1)?.function !== RUN) return [];
  const id = asText(thread["tid"]);
  const locks = ACTIONS.flatMap(([key, action]) => readLock(action, thread[key]));
  const parked = readLock("park", asObject(thread["parkBlocker"])?.["object"]);
  const state = asText(thread["state"]) || "suspended";
  const wait = javaWaitOf({
    name: "",
    nid: 0,
    state,
    frames: frames.map((frame, index) => index === 0 ? { ...frame, locks: [...locks, ...parked] } : frame),
    synchronizers: [],
  });
  const owned = asArray(thread["monitorsOwned"]).flatMap((entry) => asArray(asObject(entry)?.["locks"]));
  return [{
    task: {
      kind: "virtual-thread",
      language: "java",
      id,
      name: asText(thread["name"]) || "unnamed",
      state,
      count: 1,
      frames: placesOf(frames),
      waitsFor: wait && WORDS[wait.kind]?.(withArticle(wait.on?.type)),
    },
    blockedOn: locks.find(({ action }) => action === "enter")?.id,
    owned: owned.filter((lock) => lock !== thread["waitingOn"]).map((lock) => hashOf(asText(lock))),
  }];
}

/** Frames of the program and of the library that it called; all of them, when there are no others. */
function placesOf(frames: readonly DumpFrame[]): TaskFacts["frames"] {
  const start = frames.findIndex(({ function: name }) => !PLUMBING.test(name));
  const kept = start < 0 ? frames : frames.slice(start).filter(({ function: name }) => name !== RUN);
  return kept.map(({ function: name, file, line }) => ({ function: name, file, line }));
}

/** `java.base/java.lang.Thread.join(Thread.java:1870)`, `app//Virt.main(Virt.java:16)`. */
function readFrame(text: string): DumpFrame[] {
  const [, path, place] = /^([^()]+)\(([^()]*)\)$/.exec(text.slice(0, MAX_TEXT)) ?? [];
  if (place === undefined) return [];
  const name = plainName(path!);
  const [, file, line] = /^(.+\.\w+):(\d+)$/.exec(place) ?? [];
  const module = /^([\w.]+)(?:@[^/]*)?\//.exec(name)?.[1];
  return [{
    function: name.slice(name.lastIndexOf("/") + 1),
    file: file === undefined || module === undefined || module === "app" ? file : `${module}/${file}`,
    line: line === undefined ? undefined : Number(line),
    isNative: place === "Native Method",
    locks: [],
  }];
}

/** `java.util.concurrent.locks.ReentrantLock$NonfairSync@4fc49d48` */
function readLock(action: DumpLock["action"], value: unknown): DumpLock[] {
  const text = asText(value);
  const at = text.lastIndexOf("@");
  return at < 0 ? [] : [{ action, id: hashOf(text), type: text.slice(0, at) }];
}

function hashOf(text: string): string {
  return text.slice(0, MAX_TEXT);
}

function withArticle(type: string | undefined): string {
  if (type === undefined) return "another thread";
  return `${/^[aeiou]/i.test(type) ? "an" : "a"} ${type}`;
}

function asText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value).slice(0, MAX_TEXT) : "";
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
