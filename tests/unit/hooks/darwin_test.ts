import { assembleDarwinFacts } from "../../../src/hooks/darwin/assemble_darwin_facts.ts";
import { lsofCommand, sampleCommand } from "../../../src/hooks/darwin/darwin_tools.ts";
import { parseLsof } from "../../../src/hooks/darwin/parse_lsof.ts";
import { parsePsUsage } from "../../../src/hooks/darwin/parse_ps_usage.ts";
import { parseSample } from "../../../src/hooks/darwin/parse_sample.ts";
import { syscallOfStack } from "../../../src/hooks/darwin/syscall_of_stack.ts";
import { diagnose } from "../../../src/hooks/diagnosis/diagnose.ts";
import type { FdFacts } from "../../../src/hooks/facts.ts";
import type { Frame } from "../../../src/sample_document.ts";
import { assertEquals } from "../../support/assert.ts";
import { darwinRecording, readDarwinOutput } from "../../support/darwin_recording.ts";

Deno.test("parseSample() reads threads with their names, and innermost frames first", () => {
  const threads = parseSample(readDarwinOutput("sample_4301.txt"));
  assertEquals(threads.map(({ tid, name, samples }) => [tid, name, samples]), [
    [90201, "com.apple.main-thread", 824],
    [90202, "merger", 824],
    [90203, "", 824],
  ]);
  assertEquals(threads[1]!.stacks.length, 1);
  assertEquals(threads[1]!.stacks[0]!.frames.map((frame) => frame.function), [
    "__psynch_mutexwait",
    "_pthread_mutex_firstfit_lock_wait",
    "_pthread_mutex_firstfit_lock_slow",
    "merge_segments",
    "_pthread_start",
    "thread_start",
  ]);
  assertEquals(threads[1]!.stacks[0]!.frames[3], { function: "merge_segments", file: "indexer.c", line: 33 });
});

Deno.test("parseSample() makes a stack of each place where samples ended, the most frequent first", () => {
  const [main] = parseSample(readDarwinOutput("sample_4303.txt"));
  assertEquals(main!.stacks.map((stack) => [stack.count, stack.frames[0]!.function, stack.frames.length]), [
    [500, "_malloc_zone_malloc", 5],
    [300, "hash", 3],
    [20, "spin(int, char const*)", 3],
    [4, "rand", 4],
  ]);
});

Deno.test("parseSample() finds nothing, when the process could not be looked into", () => {
  assertEquals(parseSample("sample cannot examine process 1 (launchd) because of its privileges\n"), []);
});

Deno.test("parseLsof() reads directory, program, files and both ends of pipes and sockets", () => {
  const [shell, indexer] = parseLsof(readDarwinOutput("lsof.txt"));
  assertEquals([shell!.pid, shell!.cwd, shell!.exe], [4300, "/Users/me/src", "/bin/sh"]);
  assertEquals(shell!.fds.map((fd) => [fd.fd, fd.kind, fd.access]), [
    [0, "device", "read"],
    [1, "pipe", "write"],
    [255, "file", "read"],
  ]);
  assertEquals(indexer!.fds[1]!.peerAddress, "0xb01");
  assertEquals(indexer!.fds[2]!.lock, "write");
  assertEquals(indexer!.fds[3]!.socket, {
    state: "ESTABLISHED",
    local: "127.0.0.1:52000",
    remote: "127.0.0.1:5432",
    sendQueue: 12,
    receiveQueue: 0,
  });
});

Deno.test("parsePsUsage() reads CPU time with minutes, hours and days", () => {
  const usage = parsePsUsage(" 1 Us 100 0:01.50\n 2 I 0 61:00.25\n 3 Z 0 1-02:03:04.00\nPID STAT\n");
  assertEquals([...usage.values()], [
    { state: "D", cpuMs: 1500, rssBytes: 102_400 },
    { state: "S", cpuMs: 3_660_250, rssBytes: 0 },
    { state: "Z", cpuMs: 93_784_000, rssBytes: 0 },
  ]);
});

const stackOf = (...names: string[]): Frame[] => names.map((name) => ({ function: name }));
const PIPE: FdFacts = { fd: 0, kind: "pipe", target: "->0x1", access: "read" };

Deno.test("syscallOfStack() names what the innermost frame waits for", () => {
  const waitOf = (...names: string[]) => syscallOfStack(stackOf(...names), [PIPE])?.wait;
  assertEquals(waitOf("__wait4", "main"), { kind: "child" });
  assertEquals(waitOf("__psynch_mutexwait"), { kind: "futex", address: "", shape: "mutex" });
  assertEquals(waitOf("__ulock_wait", "_pthread_join"), { kind: "futex", address: "", shape: "join" });
  assertEquals(waitOf("__psynch_cvwait", "_pthread_cond_wait"), {
    kind: "futex",
    address: "",
    shape: "other",
  });
  assertEquals(waitOf("__semwait_signal", "nanosleep"), { kind: "sleep" });
  assertEquals(waitOf("__semwait_signal", "_pthread_join"), { kind: "futex", address: "", shape: "join" });
  assertEquals(waitOf("semaphore_wait_trap"), { kind: "ipc", what: "semaphore" });
  assertEquals(waitOf("__sigsuspend"), { kind: "signal", signals: [] });
  assertEquals(waitOf("kevent"), { kind: "poll", fds: [], epoll: true });
  assertEquals(waitOf("read$NOCANCEL"), { kind: "read", fd: 0 });
  assertEquals(waitOf("__read_nocancel"), { kind: "read", fd: 0 });
});

Deno.test("syscallOfStack() names no file, when several can be meant", () => {
  const call = syscallOfStack(stackOf("read"), [PIPE, { ...PIPE, fd: 5 }]);
  assertEquals([call?.text, call?.wait], ["read(…)", undefined]);
});

Deno.test("syscallOfStack() finds no wait in code that runs", () => {
  assertEquals(syscallOfStack(stackOf("hash", "main"), [PIPE]), undefined);
});

Deno.test("sampleCommand() asks for whole seconds, at least one", () => {
  assertEquals(sampleCommand(12, 0).args, ["12", "1", "-file", "/dev/stdout"]);
  assertEquals(sampleCommand(12, 1200).args[1], "2");
});

Deno.test("lsofCommand() looks up no names", () => {
  assertEquals(lsofCommand([1, 2]).args, ["-n", "-P", "-w", "-F", "pfaltdnT", "-p", "1,2"]);
});

Deno.test("assembleDarwinFacts() puts tools' outputs together as facts", () => {
  const facts = assembleDarwinFacts(darwinRecording([4300, 4301, 4302, 4303]));
  const [shell, indexer, cat, spinner] = facts.processes;
  assertEquals([facts.os, facts.snapshots, facts.rootExited], ["darwin", 3, false]);
  assertEquals([shell!.command, shell!.states, shell!.ageMs], [["/bin/sh", "build.sh"], "SSS", 600_000]);
  assertEquals(shell!.threads[0]!.syscall?.wait, { kind: "child" });
  assertEquals(indexer!.threads.map((thread) => [thread.tid, thread.name, thread.states]), [
    [4301, "indexer", "SSS"],
    [90202, "merger", "SSS"],
    [90203, "", "SSS"],
  ]);
  assertEquals(indexer!.locks[0]!.path, "/Users/me/src/index.lock");
  assertEquals(cat!.fds[0]!.ends, [{ pid: 4301, fd: 1, access: "write" }]);
  assertEquals(cat!.threads[0]!.syscall?.wait, { kind: "read", fd: 0 });
  assertEquals(spinner!.fds[2]!.ends, [{ pid: 4301, fd: 4, access: "read-write" }]);
  assertEquals(cat!.threads[0]!.sameSyscall, true);
  assertEquals(Math.round(spinner!.cpuPercent), 98);
  assertEquals([spinner!.threads[0]!.states, Math.round(spinner!.threads[0]!.cpuPercent)], ["RRR", 98]);
});

Deno.test("assembleDarwinFacts() keeps a process that no tool could look into", () => {
  const recording = { ...darwinRecording([4302]), usage: [], samples: new Map(), lsof: "" };
  const [cat] = assembleDarwinFacts(recording).processes;
  assertEquals([cat!.states, cat!.threads.length, cat!.fds], ["S", 1, []]);
  assertEquals(cat!.incomplete, "its threads could not be sampled");
});

Deno.test("diagnose() finds the cause in facts of macOS", () => {
  const causeOf = (...pids: number[]) => {
    const { cause, pid } = diagnose(assembleDarwinFacts(darwinRecording(pids)));
    return [cause, pid];
  };
  assertEquals(causeOf(4303), ["cpu-bound", 4303]);
  assertEquals(causeOf(4301), ["lock-wait", 4301]);
  assertEquals(causeOf(4300, 4301), ["lock-wait", 4301]);
});
