import { parseThreadDump } from "../../../src/hooks/collectors/java/parse_thread_dump.ts";
import { type JavaFacts, toJavaFacts } from "../../../src/hooks/collectors/java/to_java_facts.ts";
import type { LanguageThread } from "../../../src/hooks/language_facts.ts";
import { assert, assertEquals } from "../../support/assert.ts";

const PID = 7;

/** With each thread under the number that it has in its own namespace. */
function factsOf(text: string): JavaFacts {
  const dump = parseThreadDump(text)!;
  return toJavaFacts(dump, PID, new Map(dump.threads.map(({ nid }) => [nid, nid])));
}

function threadOf({ language }: JavaFacts, name: string): LanguageThread {
  const thread = [...language.threads.values()].find((thread) => thread.name === name);
  assert(thread !== undefined, `there is a thread ${name}`);
  return thread!;
}

const WAITS = [
  ["monitor-waiter", "lock", "java.lang.Object", "monitor-holder"],
  ["lock-waiter", "lock", "java.util.concurrent.locks.ReentrantLock", "lock-holder"],
  ["read-waiter", "lock", "java.util.concurrent.locks.ReentrantReadWriteLock", "write-holder"],
  ["monitor-holder", "latch", "java.util.concurrent.CountDownLatch", undefined],
  ["semaphore-waiter", "semaphore", "java.util.concurrent.Semaphore", undefined],
  ["queue-waiter", "queue", "java.util.concurrent.ArrayBlockingQueue", undefined],
  ["handover-waiter", "queue", "java.util.concurrent.SynchronousQueue", undefined],
  ["barrier-waiter", "latch", "java.util.concurrent.CyclicBarrier", undefined],
  ["future-waiter", "future", "java.util.concurrent.CompletableFuture", undefined],
  ["condition-waiter", "condition", "java.util.concurrent.locks.Condition", undefined],
  ["notify-waiter", "condition", "java.lang.Object", undefined],
  ["sleeper", "sleep", undefined, undefined],
  ["joiner", "join", "java.lang.Thread", undefined],
  ["accepter", "io", undefined, undefined],
  ["main", "io", undefined, undefined],
] as const;

for (const version of [17, 25]) {
  const facts = factsOf(
    Deno.readTextFileSync(new URL(`../../fixtures/java/waits-${version}.txt`, import.meta.url)),
  );

  for (const [name, kind, type, owner] of WAITS) {
    Deno.test(`toJavaFacts() tells the wait of ${name}, when Java ${version} has printed it`, () => {
      const { wait, isInternal } = threadOf(facts, name);
      const owners = wait?.ownerTids?.map((tid) => facts.language.threads.get(tid)?.name);
      assertEquals([wait?.kind, wait?.on?.type, owners, isInternal], [
        kind,
        type,
        owner === undefined ? undefined : [owner],
        undefined,
      ]);
    });
  }

  Deno.test(`toJavaFacts() knows the threads of the JVM itself, when Java ${version} has printed them`, () => {
    const internal = [...facts.language.threads.values()].filter(({ isInternal }) => isInternal);
    const names = internal.map(({ name }) => name);
    for (const name of ["Finalizer", "VM Thread", "Common-Cleaner", "Attach Listener", "launcher"]) {
      assert(names.includes(name), `${name} is internal`);
    }
    assertEquals(facts.language.threads.size - internal.length, WAITS.length + 2);
  });

  Deno.test(`toJavaFacts() takes a lock for given back while its holder waits in it, as of Java ${version}`, () => {
    assertEquals(threadOf(facts, "notify-waiter").holds, []);
    assertEquals(threadOf(facts, "condition-waiter").holds, []);
  });

  Deno.test(`toJavaFacts() has the launcher wait for the end of main, when Java ${version} was started by it`, () => {
    const { wait } = facts.language.threads.get(PID)!;
    assertEquals([wait?.kind, facts.language.threads.get(wait!.ownerTids![0]!)?.name], ["join", "main"]);
  });
}

const BODY = (state: string, lines: string): string =>
  `"a" #1 tid=0x7f nid=11 runnable\n   java.lang.Thread.State: ${state}\n${lines}`;

for (
  const [what, state, lines, expected] of [
    [
      "it was woken and needs the monitor again",
      "BLOCKED (on object monitor)",
      "\tat java.lang.Object.wait(Native Method)\n\t- waiting on <no object reference available>\n" +
      "\tat Box.take(Box.java:3)\n\t- waiting to re-lock in wait() <0x000000aa> (a Box)\n",
      ["lock", "Box"],
    ],
    [
      "compiled code has lost the object",
      "WAITING (on object monitor)",
      "\tat java.lang.Object.wait(Native Method)\n\t- waiting on <no object reference available>\n" +
      "\tat Box.take(Box.java:3)\n\t- waiting to re-lock in wait() <0x000000aa> (a Box)\n",
      ["condition", "Box"],
    ],
    [
      "a child is waited for",
      "WAITING (on object monitor)",
      "\tat java.lang.Object.wait(Native Method)\n\t- waiting on <0xaa> (a java.lang.ProcessImpl)\n" +
      "\tat java.lang.ProcessImpl.waitFor(ProcessImpl.java:434)\n\tat Run.main(Run.java:5)\n",
      ["other", "java.lang.Process"],
    ],
    [
      "the end of a virtual thread is waited for",
      "WAITING (parking)",
      "\tat jdk.internal.misc.Unsafe.park(Native Method)\n" +
      "\t- parking to wait for  <0xaa> (a java.util.concurrent.CountDownLatch$Sync)\n" +
      "\tat java.util.concurrent.CountDownLatch.await(CountDownLatch.java:230)\n" +
      "\tat java.lang.VirtualThread.joinNanos(VirtualThread.java:1011)\n" +
      "\tat java.lang.Thread.join(Thread.java:1870)\n\tat Run.main(Run.java:5)\n",
      ["join", "java.lang.VirtualThread"],
    ],
    [
      "a worker of a fork-join pool is idle",
      "WAITING (parking)",
      "\tat jdk.internal.misc.Unsafe.park(Native Method)\n" +
      "\t- parking to wait for  <0xaa> (a java.util.concurrent.ForkJoinPool)\n" +
      "\tat java.util.concurrent.ForkJoinPool.awaitWork(ForkJoinPool.java:1)\n",
      ["queue", "java.util.concurrent.ForkJoinPool"],
    ],
    [
      "a lock of the program's own is waited for",
      "WAITING (parking)",
      "\tat sun.misc.Unsafe.park(Native Method)\n\t- parking to wait for  <0xaa> (a shop.Lock$Sync)\n" +
      "\tat java.util.concurrent.locks.AbstractQueuedSynchronizer.acquireQueued(A.java:8)\n" +
      "\tat shop.Lock.lock(Lock.java:8)\n",
      ["lock", "shop.Lock$Sync"],
    ],
    ["it parks for nobody knows what", "WAITING (parking)", "\tat sun.misc.Unsafe.park(Native Method)\n", [
      "other",
      undefined,
    ]],
    ["it computes", "RUNNABLE", "\tat Sum.add(Sum.java:3)\n", [undefined, undefined]],
  ] as const
) {
  Deno.test(`toJavaFacts() tells the wait, when ${what}`, () => {
    const wait = factsOf(BODY(state, lines)).language.threads.get(11)?.wait;
    assertEquals([wait?.kind, wait?.on?.type], [...expected]);
  });
}

Deno.test("toJavaFacts() knows a holder from the section on deadlocks, when locks are not listed", () => {
  const text = BODY(
    "WAITING (parking)",
    "\tat sun.misc.Unsafe.park(Native Method)\n" +
      "\t- parking to wait for  <0x00aa> (a java.util.concurrent.locks.ReentrantLock$FairSync)\n\n" +
      `"b" #2 tid=0x7f nid=12 runnable\n   java.lang.Thread.State: RUNNABLE\n\n"a":\n` +
      "  waiting for ownable synchronizer 0x00aa, (a java.util.concurrent.locks.ReentrantLock$FairSync),\n" +
      `  which is held by "b"\n`,
  );
  const { threads } = factsOf(text).language;
  assertEquals(threads.get(11)?.wait?.ownerTids, [12]);
  assertEquals(threads.get(12)?.holds.map(({ type }) => type), ["java.util.concurrent.locks.ReentrantLock"]);
});

Deno.test("toJavaFacts() leaves threads out that the kernel does not have, and those of another process", () => {
  const dump = parseThreadDump(BODY("RUNNABLE", "\tat Sum.add(Sum.java:3)\n"))!;
  const { language, stacks } = toJavaFacts(dump, PID, new Map([[12, 112]]));
  assertEquals([language.threads.size, stacks.size], [0, 0]);
  assertEquals([...toJavaFacts(dump, PID, new Map([[11, 111]])).stacks.keys()], [111]);
});

Deno.test("toJavaFacts() takes a thread of the program for its own, also under the name of an internal one", () => {
  const text = BODY("RUNNABLE", "\tat Sum.add(Sum.java:3)\n").replace('"a"', '"Finalizer"');
  assertEquals(factsOf(text).language.threads.get(11)?.isInternal, undefined);
});
