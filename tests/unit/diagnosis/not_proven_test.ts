import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import type { Facts, Wait } from "../../../src/hooks/facts.ts";
import { assertEquals } from "../../support/assert.ts";
import {
  awaitedLock,
  BUSY,
  facts,
  file,
  lock,
  pipe,
  process,
  tcp,
  thread,
  told,
} from "../../support/facts_builder.ts";

const CHILD = { kind: "child" } as const;
const READ = { kind: "read", fd: 5 } as const;
const TO_SERVER = tcp(5, "ESTABLISHED", "127.0.0.1:4000", "10.0.0.9:80");
const LOCKED = { kind: "futex", address: "0x1", shape: "mutex" } as const;
const FROM_CHILD = [pipe(0, "read", 1, [101]), pipe(6, "read", 9, [101])];

function reader(wait: Wait, ...others: ReturnType<typeof thread>[]): Facts {
  return facts([process(100, { threads: [thread(100, { wait }), ...others], fds: [TO_SERVER] })]);
}

function outcome(subject: Facts): string {
  const { cause, confidence } = diagnose(subject);
  return `${cause} ${confidence}`;
}

Deno.test("diagnose() proves a wait, when nothing beside it could be the reason", () => {
  assertEquals(outcome(reader(READ)), "net-read proven");
  const waitsForMain = thread(101, { wait: { ...LOCKED, ownerTid: 100 } });
  assertEquals(outcome(reader(READ, waitsForMain)), "net-read proven");
});

Deno.test("diagnose() proves no wait, when another thread burns CPU or waits for something of its own", () => {
  assertEquals(outcome(reader(READ, thread(101, BUSY))), "net-read likely");
  const other = thread(101, { wait: { kind: "file-lock", fd: 3, type: "flock" } });
  assertEquals(outcome(reader(READ, other)), "net-read likely");
});

Deno.test("diagnose() proves no wait, when that has a limit or is a short pause", () => {
  assertEquals(outcome(reader({ ...READ, timeoutMs: 4000 })), "net-read likely");
  const young = process(100, { ageMs: 1500, wait: { kind: "sleep", durationMs: 1500 } });
  assertEquals(outcome(facts([young])), "sleep likely");
});

Deno.test("diagnose() proves no wait for a pipe, when its writer is at work", () => {
  const writer = (wakeups: number) =>
    process(101, { threads: [thread(101, { wakeups, wait: { kind: "accept", fd: 3 } })] });
  const subject = (wakeups: number) =>
    facts([process(100, { wait: { kind: "read", fd: 6 }, fds: FROM_CHILD }), writer(wakeups)]);
  assertEquals(outcome(subject(0)), "pipe-read proven");
  assertEquals(outcome(subject(5)), "pipe-read likely");
});

Deno.test("diagnose() proves no stop, when the process wakes up or was found stopped only now and then", () => {
  const stopped = (states: string, wakeups: number) =>
    facts([process(100, { states, threads: [thread(100, { states, wakeups })] })]);
  assertEquals(outcome(stopped("TTT", 0)), "stopped proven");
  assertEquals(outcome(stopped("TTT", 3)), "stopped likely");
  assertEquals(outcome(stopped("SST", 0)), "stopped likely");
});

Deno.test("diagnose() proves no frozen process, when others could be the reason too", () => {
  const group = { path: "/box", pids: [101], isFrozen: true };
  const parent = process(100, { wait: CHILD });
  const child = process(101, { wait: READ });
  assertEquals(outcome(facts([parent, child], { controlGroups: [group] })), "stopped proven");
  const other = process(102, { wait: { kind: "accept", fd: 3 }, command: ["server"] });
  assertEquals(outcome(facts([parent, child, other], { controlGroups: [group] })), "stopped likely");
});

Deno.test("diagnose() proves no circle of processes, when one of its waits ends by itself or it had one look", () => {
  const subject = (wait: Wait, rest: Partial<Facts> = {}) =>
    facts([
      process(100, { wait: CHILD, fds: [file(9, "file", "/lock")] }),
      process(101, {
        wait,
        fds: [file(3, "file", "/lock"), pipe(4, "read", 1, [100])],
        locks: [
          awaitedLock("/lock", 100),
        ],
      }),
    ], rest);
  const wait: Wait = { kind: "file-lock", fd: 3, type: "flock" };
  assertEquals(outcome(subject(wait)), "deadlock proven");
  assertEquals(outcome(subject(wait, { snapshots: 1, windowMs: 0 })), "deadlock likely");
  assertEquals(outcome(subject({ kind: "read", fd: 4 })), "pipe-read proven");
  assertEquals(outcome(subject({ kind: "read", fd: 4, timeoutMs: 4000 })), "pipe-read likely");
});

Deno.test("diagnose() proves no circle of threads, when others of the program are at work", () => {
  const [one, two] = [lock("0x1"), lock("0x2")];
  const wait = { kind: "futex", address: "0x3", shape: "other" } as const;
  const circle = [
    thread(100, {
      wait,
      language: told({ holds: [one], wait: { kind: "lock", on: two, ownerTids: [101] } }),
    }),
    thread(101, {
      wait,
      language: told({ holds: [two], wait: { kind: "lock", on: one, ownerTids: [100] } }),
    }),
  ];
  assertEquals(outcome(facts([process(100, { threads: circle })])), "deadlock proven");
  const threads = [...circle, thread(102, BUSY)];
  assertEquals(outcome(facts([process(100, { threads })])), "deadlock likely");
});
