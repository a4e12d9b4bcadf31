import type { Facts, FdFacts } from "../../../src/hooks/facts.ts";
import { assert, assertEquals, assertMatch } from "../../support/assert.ts";
import { canBuildWaits, mainThread, rootProcess, startWaits } from "../../support/waits_program.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

/** A test that needs the C program; without a compiler it is skipped. */
function test(name: string, body: () => Promise<void>): void {
  Deno.test({ name: `collectFacts() ${name}`, ignore: !canBuildWaits, fn: body });
}

function fdOf(facts: Facts, fd: number): FdFacts {
  return rootProcess(facts).fds.find((file) => file.fd === fd)!;
}

/** The file that the main thread reads, writes, accepts or locks. */
function waitedFile(facts: Facts): FdFacts {
  const wait = mainThread(facts).syscall?.wait;
  assert(wait !== undefined && "fd" in wait);
  return fdOf(facts, wait.fd);
}

test("names the writers of a pipe, itself too, when it reads", async () => {
  await using program = await startWaits("read");
  const facts = await program.collectWaiting("read");
  const file = waitedFile(facts);
  assertEquals([file.kind, file.access, file.endsCertain], ["pipe", "read", true]);
  assertEquals(file.ends?.map(({ pid, access }) => [pid, access]), [[program.pid, "write"]]);
  assertMatch(mainThread(facts).syscall!.text, /^read\(3<pipe:\[\d+\]>, …, 1\)$/);
  assertEquals([mainThread(facts).sameSyscall, mainThread(facts).states], [true, "SSS"]);
});

test("names the readers of a pipe, when it writes", async () => {
  await using program = await startWaits("write");
  const file = waitedFile(await program.collectWaiting("write"));
  assertEquals([file.kind, file.access, file.ends?.map(({ pid }) => pid)], ["pipe", "write", [program.pid]]);
});

test("shows files, events and timeout, when it polls", async () => {
  await using program = await startWaits("poll");
  const wait = mainThread(await program.collectWaiting("poll")).syscall?.wait;
  const fds = [3, 5].map((fd) => ({ fd, events: ["read" as const] }));
  assertEquals(wait, { kind: "poll", fds, timeoutMs: 600_000, epoll: false });
});

test("shows the files, when it selects", async () => {
  await using program = await startWaits("select");
  const wait = mainThread(await program.collectWaiting("poll")).syscall?.wait;
  assertEquals(wait?.kind === "poll" && wait.fds, [{ fd: 3, events: ["read"] }]);
});

test("resolves nested epoll instances", async () => {
  await using program = await startWaits("epoll");
  const wait = mainThread(await program.collectWaiting("poll")).syscall?.wait;
  assertEquals(wait, { kind: "poll", fds: [{ fd: 3, events: ["read"] }], timeoutMs: undefined, epoll: true });
});

test("names the FIFO, when it opens one", async () => {
  await withTempDir(async (directory) => {
    await using program = await startWaits("open", `${directory}/queue`);
    const thread = mainThread(await program.collectWaiting("open"));
    assertEquals(thread.syscall?.wait, { kind: "open", path: `${directory}/queue`, mode: "read" });
    assertMatch(thread.syscall!.text, /^openat\(".*\/queue"<fifo>, O_RDONLY\)$/);
  });
});

test("names who holds a FIFO open", async () => {
  await withTempDir(async (directory) => {
    await using program = await startWaits("fifo", `${directory}/queue`);
    const file = waitedFile(await program.collectWaiting("read"));
    assertEquals([file.kind, file.access, file.target], ["fifo", "read-write", `${directory}/queue`]);
    assertEquals(file.ends?.map(({ pid }) => pid), [program.pid]);
  });
});

test("shows both processes, when one waits for the other", async () => {
  await using program = await startWaits("child");
  const facts = await program.collectWaiting("child");
  assertEquals(facts.processes.map(({ ppid }) => ppid === program.pid), [false, true]);
  assertEquals(mainThread(facts).syscall?.wait, { kind: "child" });
});

test("tells which thread is joined", async () => {
  await using program = await startWaits("join");
  const facts = await program.collectWhen(
    "both threads wait",
    (seen) =>
      mainThread(seen).syscall?.wait?.kind === "futex" &&
      rootProcess(seen).threads[1]?.syscall?.name === "pause",
  );
  const wait = mainThread(facts).syscall?.wait;
  const joined = rootProcess(facts).threads.find(({ name }) => name === "joined");
  assert(wait?.kind === "futex");
  assertEquals([wait.shape, wait.joinsTid], ["join", joined?.tid]);
});

for (const [how, shape] of [["deadlock", "mutex"], ["pi", "pi"]] as const) {
  test(`names the owner of each lock, when two threads lock each other out by ${shape}`, async () => {
    await using program = await startWaits(how);
    const facts = await program.collectWhen(
      "both threads are blocked",
      (seen) =>
        rootProcess(seen).threads.every(({ syscall }) => syscall?.wait?.kind === "futex") &&
        rootProcess(seen).threads.length === 2,
    );
    const [main, crosser] = rootProcess(facts).threads;
    const wait = main!.syscall?.wait;
    const other = crosser!.syscall?.wait;
    assert(wait?.kind === "futex" && other?.kind === "futex");
    assertEquals([wait.shape, wait.ownerTid], [shape, crosser!.tid]);
    assertEquals([other.shape, other.ownerTid], ["mutex", main!.tid]);
  });
}

test("claims no owner, when it waits for a condition", async () => {
  await using program = await startWaits("condition");
  const wait = mainThread(await program.collectWaiting("futex")).syscall?.wait;
  assert(wait?.kind === "futex");
  assertEquals([wait.shape, wait.ownerTid, wait.joinsTid], ["other", undefined, undefined]);
});

for (const type of ["flock", "posix", "ofd"] as const) {
  test(`names file and holder of a lock of type ${type}`, async () => {
    await withTempDir(async (directory) => {
      const path = `${directory}/lock`;
      await using program = await startWaits(`lock-${type}`, path);
      const facts = await program.collectWaiting("file-lock");
      const holder = facts.processes.find(({ name }) => name === "holder")!;
      const lock = rootProcess(facts).locks.find(({ held }) => !held);
      assertEquals([lock?.type, lock?.mode, lock?.path, lock?.holders], [type, "write", path, [{
        pid: holder.pid,
      }]]);
      assertEquals(holder.locks.map((held) => [held.type, held.path, held.held]), [[type, path, true]]);
      assertEquals(waitedFile(facts).target, path);
    });
  });
}

test("shows address and state, when it connects", async () => {
  await using program = await startWaits("connect");
  const facts = await program.collectWaiting("connect");
  const wait = mainThread(facts).syscall?.wait;
  const { socket } = waitedFile(facts);
  assert(wait?.kind === "connect");
  assertEquals([socket?.state, socket?.remote], ["SYN_SENT", wait.address]);
  assertMatch(wait.address ?? "", /^127\.0\.0\.1:\d+$/);
});

test("shows the address, when it accepts", async () => {
  await using program = await startWaits("accept");
  const { kind, socket, ends } = waitedFile(await program.collectWaiting("accept"));
  assertEquals([kind, socket?.state, ends], ["tcp", "LISTEN", undefined]);
  assertMatch(socket?.local ?? "", /^127\.0\.0\.1:\d+$/);
});

test("finds the peer of a connection, when one end is IPv6 with a mapped address", async () => {
  await using program = await startWaits("recv");
  const facts = await program.collectWhen(
    "the peer has accepted",
    (seen) => seen.processes.find(({ name }) => name === "server")?.threads[0]?.syscall?.name === "pause",
  );
  const server = facts.processes.find(({ name }) => name === "server")!;
  const file = waitedFile(facts);
  assertEquals([file.kind, file.socket?.state, file.endsCertain], ["tcp", "ESTABLISHED", true]);
  assertEquals(file.ends?.map(({ pid }) => pid), [server.pid]);
  assertMatch(file.socket?.remote ?? "", /^127\.0\.0\.1:\d+$/);
});

test("finds the other end of a socketpair", async () => {
  await using program = await startWaits("unix");
  const facts = await program.collectWaiting("read");
  const file = waitedFile(facts);
  const child = facts.processes.find(({ ppid }) => ppid === program.pid)!;
  assertEquals([file.kind, file.ends?.map(({ pid }) => pid)], ["unix", [child.pid]]);
});

for (
  const [how, least, most] of [["sleep", 600_000, 600_000], ["sleep-until", 1, 600_000], [
    "poll-sleep",
    600_000,
    600_000,
  ]] as const
) {
  test(`says how long, when it waits for time by ${how}`, async () => {
    await using program = await startWaits(how);
    const wait = mainThread(await program.collectWaiting("sleep")).syscall?.wait;
    assert(wait?.kind === "sleep" && wait.durationMs !== undefined);
    assert(wait.durationMs >= least && wait.durationMs <= most, `${wait.durationMs} ms`);
  });
}

for (const [how, signals] of [["sigwait", ["SIGHUP", "SIGUSR2"]], ["sigsuspend", ["SIGUSR1"]]] as const) {
  test(`names the signals, when it waits in ${how}`, async () => {
    await using program = await startWaits(how);
    const wait = mainThread(await program.collectWaiting("signal")).syscall?.wait;
    assertEquals(wait?.kind === "signal" && wait.signals, [...signals]);
  });
}

test("says what it is, when it waits for a message", async () => {
  await using program = await startWaits("queue");
  const wait = mainThread(await program.collectWaiting("ipc")).syscall?.wait;
  assertEquals(wait, { kind: "ipc", what: "message-queue" });
});
