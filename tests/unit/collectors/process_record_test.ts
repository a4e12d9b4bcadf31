import { assembleProcess } from "../../../src/hooks/collectors/kernel/assemble_process.ts";
import { addSnapshot, rebaseWakeups } from "../../../src/hooks/collectors/kernel/process_record.ts";
import type { ThreadSnapshot } from "../../../src/hooks/collectors/kernel/read_threads.ts";
import type { ProcessFacts } from "../../../src/hooks/facts.ts";
import { assertEquals } from "../../support/assert.ts";
import { processSnapshot, threadSnapshot } from "../../support/fake_snapshot.ts";

const READ = { syscall: { number: 0, name: "read", text: "read(3)" }, callKey: "0 3" };
const RESTART = {
  syscall: { number: 219, name: "restart_syscall", text: "restart_syscall(…)" },
  callKey: "219",
};

const SLEEP = { syscall: { number: 230, name: "sleep", text: "sleep(9)" }, callKey: "230 9" };
const SLEEP_ON = { syscall: { ...SLEEP.syscall, text: "sleep(8)" }, callKey: "230 9", isRestarted: true };

function factsOf(threads: readonly Partial<ThreadSnapshot>[]): ProcessFacts {
  const [first, ...rest] = threads.map((thread, index) =>
    processSnapshot(100, { atMs: index * 100, threads: [threadSnapshot(100, thread)] })
  );
  const record = rest.reduce(
    (known, snapshot) => addSnapshot(known, snapshot),
    addSnapshot(undefined, first!),
  );
  return assembleProcess(record, { fds: [], locks: [], stacks: new Map() });
}

for (
  const [what, threads, expected] of [
    ["the same call is seen each time", [READ, READ, READ], ["read(3)", true]],
    ["the arguments differ once", [READ, { ...READ, callKey: "0 4" }, READ], ["read(3)", false]],
    ["an interruption has lost the arguments", [READ, RESTART, RESTART], ["read(3)", true]],
    ["an interruption has changed the time that is left", [SLEEP, SLEEP_ON, SLEEP_ON], ["sleep(9)", true]],
    ["another call was interrupted", [READ, SLEEP_ON, SLEEP_ON], ["sleep(8)", false]],
    ["the arguments were lost before", [RESTART, RESTART], ["restart_syscall(…)", true]],
    ["it runs in between", [READ, {}, READ], ["read(3)", false]],
    ["it runs all the time", [{}, {}], [undefined, false]],
  ] as const
) {
  Deno.test(`addSnapshot() tells calls that last from others, when ${what}`, () => {
    const thread = factsOf(threads).threads[0]!;
    assertEquals([thread.syscall?.text, thread.sameSyscall], [...expected]);
  });
}

Deno.test("rebaseWakeups() keeps what was counted, and leaves out what a debugger caused", () => {
  const at = (switches: number) => processSnapshot(100, { threads: [threadSnapshot(100, { switches })] });
  let record = addSnapshot(addSnapshot(undefined, at(10)), at(12));
  record = addSnapshot(rebaseWakeups(record, () => 20), at(21));
  assertEquals(record.threads.get(100)?.wakeups, 3);
});

Deno.test("assembleProcess() measures use of the processor over the window, or else over the whole life", () => {
  const at = (atMs: number, userTicks: number) => {
    const snapshot = processSnapshot(100, { atMs, threads: [] });
    return { ...snapshot, stat: { ...snapshot.stat, userTicks } };
  };
  const extras = { fds: [], locks: [], stacks: new Map() };
  const first = addSnapshot(undefined, at(0, 50));
  assertEquals(assembleProcess(first, extras).cpuPercent, 50);
  assertEquals(assembleProcess(addSnapshot(first, at(200, 60)), extras).cpuPercent, 50);
  assertEquals(assembleProcess(addSnapshot(first, at(200, 50)), extras).cpuPercent, 0);
});

Deno.test("assembleProcess() says what is missing and why", () => {
  const incomplete = (overrides: Parameters<typeof processSnapshot>[1]): string | undefined =>
    assembleProcess(addSnapshot(undefined, processSnapshot(100, overrides)), {
      fds: [],
      locks: [],
      stacks: new Map(),
    })
      .incomplete;
  assertEquals(incomplete({}), undefined);
  assertEquals(incomplete({ threadCount: 9 }), "1 of its 9 threads are shown");
  assertEquals(
    incomplete({ isFilesDenied: true, isSyscallDenied: true }),
    "its files and system calls may not be looked at: it belongs to user 0",
  );
  assertEquals(incomplete({ isSyscallDenied: true }), "its system calls may not be looked at");
  assertEquals(
    incomplete({ isLookedInto: false, threadCount: 3 }),
    "the tree has too many processes to look into all of them",
  );
});

Deno.test("assembleProcess() counts no writes of eight bytes as output, when threads wake each other", () => {
  const written = (bytes: number, calls: number): number | undefined => {
    const io = { readBytes: 0, writtenBytes: 100, writeCalls: 5 };
    const later = { readBytes: 0, writtenBytes: 100 + bytes, writeCalls: 5 + calls };
    const record = addSnapshot(
      addSnapshot(undefined, processSnapshot(100, { io })),
      processSnapshot(100, { atMs: 100, io: later }),
    );
    return assembleProcess(record, { fds: [], locks: [], stacks: new Map() }).io?.writtenBytes;
  };
  assertEquals([written(816, 102), written(817, 102), written(16, 1)], [0, 817, 16]);
});
