import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import type { Facts, ThreadFacts } from "../../../src/hooks/facts.ts";
import type { Diagnosis, Stack } from "../../../src/sample_document.ts";
import { assertEquals, assertMatch, assertStringIncludes } from "../../support/assert.ts";
import { BUSY, facts, pipe, process, stack, thread } from "../../support/facts_builder.ts";

const READING = { wait: { kind: "read", fd: 3 } } as const;

function seen(count: number, ...frames: string[]): Stack {
  return { ...stack(...frames), count };
}

/** A process with one thread that burns CPU with these stacks. */
function busy(stacks: readonly Stack[], written = 0, rest: Partial<ThreadFacts> = {}): Diagnosis {
  const threads = [thread(100, { ...BUSY, stacks, ...rest })];
  return diagnose(facts([process(100, { ...BUSY, threads, io: { readBytes: 0, writtenBytes: written } })]));
}

function waiting(rest: Partial<ThreadFacts>, factsRest: Partial<Facts> = {}): Diagnosis {
  const threads = [thread(100, { ...READING, ...rest })];
  return diagnose(facts([process(100, { threads, fds: [pipe(3, "read", 7, [200])] })], factsRest));
}

Deno.test("diagnose() says that each look found it in one function, when only its line changes", () => {
  const { summary, evidence } = busy([
    seen(2, "probe@a.c:3", "main@a.c:9"),
    seen(1, "probe@a.c:4", "main@a.c:9"),
  ]);
  assertStringIncludes(
    summary,
    "burns CPU (99% of a core), at probe (a.c:3), where each of 3 looks found it",
  );
  assertMatch(evidence.join("\n"), /In each of 3 looks it was in probe \(a\.c:3\): a loop there/);
});

Deno.test("diagnose() names the function that is not left, when what it calls changes", () => {
  const { summary } = busy([
    seen(1, "hash@a.c:3", "phase@a.c:20", "main@a.c:30"),
    seen(1, "copy@a.c:5", "phase@a.c:21", "main@a.c:30"),
    seen(1, "phase@a.c:22", "main@a.c:30"),
  ]);
  assertStringIncludes(summary, ", and does not leave phase (a.c:20)");
});

Deno.test("diagnose() claims no loop, when the looks have the beginning of the program in common only", () => {
  const { summary, evidence } = busy([
    seen(2, "hash@a.c:3", "main@a.c:30"),
    seen(2, "copy@a.c:5", "main@a.c:31"),
  ]);
  assertEquals(/leave|found it/.test(summary), false);
  assertMatch(evidence.join("\n"), /In 4 looks it was in different places/);
});

Deno.test("diagnose() claims no loop, when the stack was seen twice only", () => {
  assertEquals(/leave|found it/.test(busy([seen(2, "hash@a.c:3", "main@a.c:30")]).summary), false);
});

Deno.test("diagnose() overlooks a stack that lost its outer frames, when most are whole", () => {
  const { summary } = busy([seen(9, "hash@a.c:3", "run@a.c:8", "main@a.c:30"), seen(1, "copy@b.c:5")]);
  assertStringIncludes(summary, "where each of 9 looks found it");
});

Deno.test("diagnose() calls a busy process slow, when it writes", () => {
  const { summary } = busy([seen(3, "hash@a.c:3", "main@a.c:30")], 512);
  assertStringIncludes(summary, "(slow, still moving: it wrote 512 bytes while it was watched)");
});

Deno.test("diagnose() blames the machine, when a thread is ready and gets no processor", () => {
  const { summary, advice } = busy([], 0, { cpuPercent: 22, queuedMs: 760 });
  assertMatch(advice ?? "", /^Run fewer programs beside it/);
  assertStringIncludes(
    summary,
    "; the machine is starved, not the program: it was ready to run and had no processor for 760 ms of 1 s (load 0.5 on 4 processors)",
  );
});

Deno.test("diagnose() blames the limit of the control group, when that holds a busy process back", () => {
  const subject = process(100, {
    ...BUSY,
    cpuPercent: 30,
    threads: [thread(100, { ...BUSY, cpuPercent: 30 })],
  });
  const controlGroups = [{ path: "/box", pids: [100], isFrozen: false, throttledMs: 700 }];
  const { summary, evidence } = diagnose(facts([subject], { controlGroups }));
  assertStringIncludes(
    summary,
    "; its control group may use so little of the processors that it was held back for 700 ms of 1 s",
  );
  assertMatch(evidence.join("\n"), /The control group \/box \(pid 100\) was held back/);
});

Deno.test("diagnose() blames the lack of memory, when pages come back from a disk all the time", () => {
  const subject = process(100, {
    states: "DDD",
    majorFaults: 900,
    swapBytes: 4096,
    threads: [thread(100, { states: "DDD" })],
  });
  assertStringIncludes(
    diagnose(facts([subject])).summary,
    "; the machine is short of memory: it had to wait 900 times in 1 s",
  );
});

Deno.test("diagnose() blames the load of the disks, when a process waits for them among others", () => {
  const subject = process(100, { states: "DDD", threads: [thread(100, { states: "DDD" })] });
  const { summary } = diagnose(facts([subject], { pressure: { io: 80 } }));
  assertStringIncludes(summary, "; the disks are busy: in 80% of the last 10 s programs waited for them");
  assertEquals(diagnose(facts([subject])).summary.includes("disks are busy"), false);
});

Deno.test("diagnose() says for how long it has waited, when it is known when it last ran", () => {
  const { summary, waitedMs } = waiting({ idleMs: 57_000 });
  assertMatch(summary, /waits to read .*, for 58 s so far$/);
  assertEquals(waitedMs, 58_000);
});

Deno.test("diagnose() says of no wait how long it takes, when the thread woke up or that cannot be told", () => {
  for (const rest of [{ idleMs: 57_000, wakeups: 40 }, { idleMs: 10 }, {}]) {
    assertEquals(waiting(rest).waitedMs, undefined);
    assertEquals(waiting(rest).summary.includes("so far"), false);
  }
});

Deno.test("diagnose() says that a process is frozen, when its control group is, whatever it seems to wait for", () => {
  const controlGroups = [{ path: "/docker/ab\x1b", pids: [200], isFrozen: true }];
  const tree = [process(100, { wait: { kind: "child" } }), process(200, { command: ["job"], ...READING })];
  const { cause, confidence, pid, summary, advice } = diagnose(facts(tree, { controlGroups }));
  assertEquals([cause, confidence, pid], ["stopped", "proven", 200]);
  assertStringIncludes(summary, "job (pid 200), which is frozen with its control group /docker/ab\\x1b,");
  assertMatch(advice ?? "", /^Unpause the container/);
});

Deno.test("diagnose() tells of the machine, when it slept or processes were killed for lack of memory", () => {
  const controlGroups = [{ path: "/box", pids: [100], isFrozen: false, oomKills: 2 }];
  const text = waiting({}, { suspendedMs: 90_000, controlGroups }).evidence.join("\n");
  assertMatch(text, /The machine itself was asleep for 1 min 30 s while it was watched/);
  assertMatch(text, /In the control group \/box \(pid 100\) 2 processes were killed for lack of memory/);
});

Deno.test("diagnose() does not send the reader to a stack, when none was read of a busy process", () => {
  assertMatch(busy([]).advice ?? "", /cannot be seen from outside/);
  assertMatch(busy([seen(3, "hash@a.c:3", "main@a.c:30")]).advice ?? "", /where its stack below shows it/);
});

Deno.test("diagnose() advises to close the write end, when the reader of a pipe holds it itself", () => {
  const subject = process(100, { ...READING, fds: [pipe(3, "read", 7, [100, 200]), pipe(4, "write", 7)] });
  assertMatch(diagnose(facts([subject])).advice ?? "", /^Close the write end in the process that waits/);
});

Deno.test("diagnose() says of every wait that it may be none, when the thread woke up often", () => {
  const { summary, confidence } = waiting({ wakeups: 300 });
  assertStringIncludes(summary, ", but it woke up 300 times while it was watched, so it may well be at work");
  assertEquals(confidence, "likely");
});

Deno.test("diagnose() says that a process which waits still moves, when it also wrote in between", () => {
  const sketch = { fds: [pipe(3, "read", 7, [200])], io: { readBytes: 0, writtenBytes: 5 } };
  const of = (rest: Partial<ThreadFacts>): string =>
    diagnose(facts([process(100, { ...sketch, threads: [thread(100, { ...READING, ...rest })] })])).summary;
  assertStringIncludes(of({ wakeups: 8 }), "(slow, still moving: it wrote 5 bytes while it was watched)");
  // Another thread wrote, or the process did before it began to wait.
  assertEquals(of({ wakeups: 0 }).includes("moving"), false);
});

Deno.test("diagnose() says that the parent may be at work, when what waits is new", () => {
  const parent = process(100, { wait: { kind: "child" } });
  const child = (ageMs: number) => process(200, { ageMs, fds: [pipe(3, "read", 7, [300])], ...READING });
  const of = (ageMs: number): string => diagnose(facts([parent, child(ageMs)])).summary;
  assertStringIncludes(of(250), ", but it was started only 250 ms before, so its parent may well be at work");
  assertEquals(of(2000).includes("at work"), false);
});

Deno.test("diagnose() says that threads are at work, when one of them is joined and it is not told which", () => {
  const java = { language: "java", holds: [] };
  const of = (wakeups: number): string => {
    const language = { ...java, wait: { kind: "join" } } as const;
    const workers = [101, 102].map((tid) => thread(tid, { wakeups, language: java }));
    const internal = thread(103, { wakeups: 99, language: { ...java, isInternal: true } });
    return diagnose(facts([process(100, { threads: [thread(100, { language }), ...workers, internal] })]))
      .summary;
  };
  assertStringIncludes(of(50), ", but 2 of its threads woke up again and again, so it may well be at work");
  assertEquals(of(0).includes("at work"), false);
});
