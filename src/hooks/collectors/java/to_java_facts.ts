import type { LanguageFacts, LanguageLock, LanguageThread } from "../../language_facts.ts";
import type { Stack } from "../../../sample_document.ts";
import { groupBy } from "../../../std/group_by.ts";
import { isInternalThread } from "./is_internal_thread.ts";
import { awaitedObject, javaWaitOf, toJavaLock } from "./java_wait.ts";
import type { DumpThread, ThreadDump } from "./thread_dump.ts";

/** What a dump tells of one process. */
export interface JavaFacts {
  readonly language: LanguageFacts & { readonly threads: ReadonlyMap<number, LanguageThread> };
  /** Of those threads that run Java, by thread id. */
  readonly stacks: ReadonlyMap<number, Stack>;
}

const LANGUAGE = "java";
/** Each worker of a pool holds itself while it runs a task: nobody ever waits for that. */
const OWN_MARKER = "java.util.concurrent.ThreadPoolExecutor$Worker";

/**
 * What a thread dump tells, by the kernel's thread ids.
 *
 * @param dump of one process
 * @param pid the process
 * @param tids the ids of its threads here, by those that the process itself sees
 */
export function toJavaFacts(dump: ThreadDump, pid: number, tids: ReadonlyMap<number, number>): JavaFacts {
  const found = dump.threads.flatMap((thread) => {
    const tid = tids.get(thread.nid);
    return tid === undefined ? [] : [{ tid, thread, holds: heldBy(thread, dump) }];
  });
  const owners = groupBy(
    found.flatMap(({ tid, holds }) => holds.map(({ id }) => ({ id, tid }))),
    ({ id }) => id,
  );
  const threads = new Map<number, LanguageThread>();
  const stacks = new Map<number, Stack>();
  for (const { tid, thread, holds } of found) {
    const wait = javaWaitOf(thread);
    const ownerTids = wait?.kind === "lock" && wait.on !== undefined
      ? owners.get(wait.on.id)?.map((owner) => owner.tid)
      : undefined;
    threads.set(tid, {
      language: LANGUAGE,
      name: thread.name,
      state: thread.state,
      isInternal: isInternalThread(thread) || undefined,
      holds,
      wait: wait === undefined ? undefined : { ...wait, ownerTids },
    });
    if (thread.frames.length === 0) continue;
    const frames = thread.frames.map(({ function: name, file, line }) => ({ function: name, file, line }));
    stacks.set(tid, { language: LANGUAGE, count: 1, frames });
  }
  const main = found.find(({ thread }) => thread.name === "main");
  if (main !== undefined && !threads.has(pid)) threads.set(pid, launcher(main.tid));
  return { language: { runtime: dump.version || undefined, threads }, stacks };
}

/** The thread that started the JVM runs no Java: it waits for the end of the one that runs `main`. */
function launcher(mainTid: number): LanguageThread {
  return {
    language: LANGUAGE,
    name: "launcher",
    isInternal: true,
    holds: [],
    wait: { kind: "join", ownerTids: [mainTid] },
  };
}

function heldBy(thread: DumpThread, { ownerships }: ThreadDump): LanguageLock[] {
  // The frame that took a monitor says "locked" also while `Object.wait` has given it back.
  const awaited = awaitedObject(thread)?.id;
  const held = [
    ...thread.frames.flatMap(({ locks }) => locks.filter(({ action }) => action === "locked")),
    ...thread.synchronizers.filter(({ type }) => type !== OWN_MARKER),
    // Says also what native code has locked, and what is not listed when nobody asked for it.
    ...ownerships.filter(({ holder }) => holder === thread.name),
  ].filter(({ id }) => id !== awaited);
  const locks = new Map<string, LanguageLock>();
  for (const object of held) {
    const lock = toJavaLock(object);
    if (lock !== undefined) locks.set(lock.id, lock);
  }
  return [...locks.values()];
}
