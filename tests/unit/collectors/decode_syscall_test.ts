import { decodeSyscall } from "../../../src/hooks/collectors/kernel/decode/decode_syscall.ts";
import { assertEquals } from "../../support/assert.ts";
import { decodeCall as decode } from "../../support/decode_call.ts";
import {
  decodeContext,
  fdTable,
  longs,
  memoryOf,
  openFile,
  words,
} from "../../support/fake_decode_context.ts";

const INFINITE = 0xffffffffffffffffn;

Deno.test("decodeSyscall() shows what is read from, on both architectures", () => {
  const fds = fdTable([openFile(3, "pipe:[42]")]);
  for (const arch of ["x86_64", "aarch64"]) {
    const { text, wait } = decode("read", [3, 0x7f00, 4096], { fds }, arch);
    assertEquals(text, "read(3<pipe:[42]>, …, 4096)");
    assertEquals(wait, { kind: "read", fd: 3 });
  }
});

Deno.test("decodeSyscall() claims no wait, when a copy could wait at both ends", () => {
  const fds = fdTable([openFile(3, "pipe:[1]"), openFile(4, "pipe:[2]"), openFile(5, "/tmp/file")]);
  assertEquals(decode("splice", [3, 0, 4, 0, 10], { fds }).wait, undefined);
  assertEquals(decode("splice", [3, 0, 5, 0, 10], { fds }).wait, { kind: "read", fd: 3 });
  assertEquals(decode("sendfile", [4, 5, 0, 10], { fds }).wait, { kind: "write", fd: 4 });
});

Deno.test("decodeSyscall() reads poll sets, without closed entries and mere errors", () => {
  const fds = fdTable([openFile(3, "pipe:[42]"), openFile(5, "socket:[7]")]);
  const memory = memoryOf({ "0x1000": words(3, 1, 5, 5, -1, 1, 7, 0) });
  const { text, wait } = decode("poll", [0x1000, 4, 2500], { fds, memory });
  assertEquals(text, "poll([3<pipe:[42]> read, 5<socket:[7]> read+write], timeout 2.5 s)");
  assertEquals(wait, {
    kind: "poll",
    fds: [{ fd: 3, events: ["read"] }, { fd: 5, events: ["read", "write"] }],
    timeoutMs: 2500,
    epoll: false,
  });
});

Deno.test("decodeSyscall() reads a poll without files as sleep, and as a wait for a signal when it has no limit", () => {
  assertEquals(decode("poll", [0, 0, 2500]).wait, { kind: "sleep", durationMs: 2500 });
  assertEquals(decode("poll", [0, 0, INFINITE]).wait, { kind: "signal", signals: [] });
  const memory = memoryOf({ "0x2000": longs(1, 500_000) });
  assertEquals(decode("select", [0, 0, 0, 0, 0x2000], { memory }).wait, { kind: "sleep", durationMs: 1500 });
});

Deno.test("decodeSyscall() claims nothing, when the memory cannot be read", () => {
  assertEquals(decode("poll", [0x1000, 2, INFINITE]).wait, undefined);
  assertEquals(decode("select", [8, 0x1000, 0, 0, 0]).wait, undefined);
  assertEquals(decode("openat", [0, 0x1000, 0]).wait, undefined);
});

Deno.test("decodeSyscall() reads the sets of select", () => {
  const memory = memoryOf({ "0x1000": longs(0b1000), "0x1100": longs(0b11000), "0x2000": longs(2, 0) });
  assertEquals(decode("pselect6", [5, 0x1000, 0x1100, 0, 0x2000], { memory }).wait, {
    kind: "poll",
    fds: [{ fd: 3, events: ["read", "write"] }, { fd: 4, events: ["write"] }],
    timeoutMs: 2000,
    epoll: false,
  });
});

Deno.test("decodeSyscall() resolves epoll sets, nested ones and reused numbers", () => {
  const fds = fdTable([
    openFile(
      4,
      "anon_inode:[eventpoll]",
      "flags:\t02\ntfd: 5 events: 19 data: 5 pos:0 ino:2a\ntfd: 6 events: 1 data: 6 pos:0 ino:1\n" +
        "tfd: 7 events: 1 data: 7 pos:0 ino:63\ntfd: 9 events: 1 data: 9 pos:0 ino:1\n",
    ),
    openFile(5, "pipe:[42]"),
    openFile(6, "anon_inode:[eventpoll]", "flags:\t02\ntfd: 8 events: 5 data: 8 pos:0 ino:2b\n"),
    openFile(7, "socket:[100]"),
    openFile(8, "pipe:[43]", "flags:\t00\n"),
  ]);
  const { text, wait } = decode("epoll_wait", [4, 0, 64, INFINITE], { fds });
  assertEquals(text, "epoll_wait(4<epoll> [5<pipe:[42]> read, 8<pipe:[43]> read], no timeout)");
  assertEquals(wait, {
    kind: "poll",
    fds: [{ fd: 5, events: ["read"] }, { fd: 8, events: ["read"] }],
    timeoutMs: undefined,
    epoll: true,
  });
});

Deno.test("decodeSyscall() ends, when epoll instances watch each other", () => {
  const fds = fdTable([
    openFile(4, "anon_inode:[eventpoll]", "tfd: 5 events: 1 data: 5\n"),
    openFile(5, "anon_inode:[eventpoll]", "tfd: 4 events: 1 data: 4\n"),
  ]);
  assertEquals(decode("epoll_wait", [4, 0, 64, 10], { fds }).wait, {
    kind: "poll",
    fds: [],
    timeoutMs: 10,
    epoll: true,
  });
});

Deno.test("decodeSyscall() reads sleeps, relative and until a time", () => {
  const memory = memoryOf({ "0x2000": longs(60, 500_000_000) });
  assertEquals(decode("nanosleep", [0x2000], { memory }).wait, { kind: "sleep", durationMs: 60_500 });
  const relative = decode("clock_nanosleep", [0, 0, 0x2000], { memory });
  assertEquals(relative.text, "clock_nanosleep(CLOCK_REALTIME, 1 min 1 s)");
  const absolute = decode("clock_nanosleep", [1, 1, 0x2000], { memory });
  assertEquals(absolute.wait, { kind: "sleep", durationMs: 10_500 });
});

Deno.test("decodeSyscall() reads the path of an open that waits", () => {
  const path = new TextEncoder().encode("/tmp/queue\0");
  const memory = memoryOf({ "0x1000": path });
  const { text, wait } = decode("openat", [-100n, 0x1000, 0o1], { memory });
  assertEquals(text, 'openat("/tmp/queue"<fifo>, O_WRONLY)');
  assertEquals(wait, { kind: "open", path: "/tmp/queue", mode: "write" });
  assertEquals(decode("open", [0x1000, 0o4000], { memory }).wait, undefined);
  assertEquals(decode("open", [0x1000, 0], { memory, isFifo: () => false }).wait, undefined);
  assertEquals(decode("open", [0x1000, 2], { memory, isFifo: () => undefined }).wait, {
    kind: "open",
    path: "/tmp/queue",
    mode: "read-write",
  });
});

Deno.test("decodeSyscall() reads file locks that wait", () => {
  const fds = fdTable([openFile(4, "/tmp/lock")]);
  assertEquals(decode("flock", [4, 2], { fds }).text, "flock(4</tmp/lock>, LOCK_EX)");
  assertEquals(decode("flock", [4, 6], { fds }).wait, undefined);
  const memory = memoryOf({ "0x1000": longs(1, 100, 28) });
  const posix = decode("fcntl", [4, 7, 0x1000], { fds, memory });
  assertEquals(posix.text, "fcntl(4</tmp/lock>, F_SETLKW, F_WRLCK from 100, 28 bytes)");
  assertEquals(posix.wait, { kind: "file-lock", fd: 4, type: "posix" });
  assertEquals(decode("fcntl", [4, 38, 0x1000], { fds }).wait, { kind: "file-lock", fd: 4, type: "ofd" });
  assertEquals(decode("fcntl", [4, 3], { fds }).wait, undefined);
});

Deno.test("decodeSyscall() reads which child is waited for", () => {
  assertEquals(decode("wait4", [-1n, 0, 0]).wait, { kind: "child" });
  assertEquals(decode("wait4", [77, 0, 0]).wait, { kind: "child", pid: 77 });
  assertEquals(decode("wait4", [-77n, 0, 0]).wait, { kind: "child", pgid: 77 });
  assertEquals(decode("wait4", [0, 0, 0]).wait, { kind: "child", pgid: 99 });
  assertEquals(decode("wait4", [77, 0, 1]).wait, undefined);
  const inContainer = { idHere: (id: number) => id === 7 ? 200 : undefined };
  assertEquals(decode("wait4", [7, 0, 0], inContainer).wait, { kind: "child", pid: 200 });
  assertEquals(decode("wait4", [-7n, 0, 0], inContainer).wait, { kind: "child", pgid: 200 });
  assertEquals(decode("waitid", [1, 7, 0, 4], inContainer).wait, { kind: "child", pid: 200 });
  const fds = fdTable([openFile(5, "anon_inode:[pidfd]", "flags:\t02\nPid:\t77\n")]);
  const pidfd = decode("waitid", [3, 5, 0, 4], { fds });
  assertEquals(pidfd.text, "waitid(P_PIDFD, 5<pidfd 77>, …)");
  assertEquals(pidfd.wait, { kind: "child", pid: 77 });
});

Deno.test("decodeSyscall() reads which signals are waited for", () => {
  const memory = memoryOf({ "0x1000": longs(0x4000), "0x2000": longs(3, 0) });
  assertEquals(decode("pause", []).wait, { kind: "signal", signals: ["SIGUSR1", "SIGTERM"] });
  assertEquals(decode("rt_sigsuspend", [0x1000, 8], { memory }).wait, {
    kind: "signal",
    signals: ["SIGUSR1"],
  });
  const timed = decode("rt_sigtimedwait", [0x1000, 0, 0x2000, 8], { memory });
  assertEquals(timed.text, "rt_sigtimedwait([SIGTERM], timeout 3 s)");
  assertEquals(timed.wait, { kind: "signal", signals: ["SIGTERM"], timeoutMs: 3000 });
});

Deno.test("decodeSyscall() reads the address of a connect", () => {
  const inet = memoryOf({
    "0x1000": new Uint8Array([2, 0, 0x1f, 0x90, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
  });
  assertEquals(decode("connect", [3, 0x1000, 16], { memory: inet }).wait, {
    kind: "connect",
    fd: 3,
    address: "127.0.0.1:8080",
  });
  const unix = memoryOf({ "0x1000": new Uint8Array([1, 0, ...new TextEncoder().encode("/run/a.sock\0")]) });
  assertEquals(decode("connect", [3, 0x1000, 14], { memory: unix }).text, "connect(3, /run/a.sock)");
  const abstract = memoryOf({ "0x1000": new Uint8Array([1, 0, 0, ...new TextEncoder().encode("name")]) });
  assertEquals(decode("connect", [3, 0x1000, 7], { memory: abstract }).text, "connect(3, @name)");
});

Deno.test("decodeSyscall() shows calls that it does not decode, and numbers that it does not know", () => {
  const fds = fdTable([openFile(3, "/tmp/file")]);
  assertEquals(decode("fsync", [3], { fds }).text, "fsync(3</tmp/file>, …)");
  assertEquals(decode("io_uring_enter", [3], { fds }).wait, undefined);
  assertEquals(decode("getrandom", []).text, "getrandom(…)");
  const unknown = decodeSyscall("x86_64", 999, [0n, 0n, 0n, 0n, 0n, 0n], decodeContext());
  assertEquals(unknown.text, "syscall_999(…)");
});
