import { fdKind, inodeOfLink } from "../../../src/hooks/collectors/kernel/fd_kind.ts";
import { parseFdinfo } from "../../../src/hooks/collectors/kernel/parse_fdinfo.ts";
import { parseLocks } from "../../../src/hooks/collectors/kernel/parse_locks.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("parseFdinfo() reads the access mode, whatever other flags there are", () => {
  assertEquals(parseFdinfo("pos:\t0\nflags:\t02100000\nmnt_id:\t24\nino:\t3\n").access, "read");
  assertEquals(parseFdinfo("pos:\t0\nflags:\t0104001\n").access, "write");
  assertEquals(parseFdinfo("pos:\t0\nflags:\t02\n").access, "read-write");
});

Deno.test("parseFdinfo() reads what an epoll instance watches, without mere errors and fired one-shots", () => {
  const text = `pos:	0
flags:	02000002
mnt_id:	15
ino:	1062
tfd:       11 events:       19 data:                b  pos:0 ino:1e8a9 sdev:8
tfd:       12 events: 8000201d data:     7f0000000001  pos:0 ino:426 sdev:7
tfd:       13 events: 40000000 data:                d  pos:0 ino:42 sdev:8
tfd:       14 events:       18 data:                d  pos:0 ino:43 sdev:8
`;
  assertEquals(parseFdinfo(text).epoll, [
    { fd: 11, events: ["read"], inode: 0x1e8a9 },
    { fd: 12, events: ["read", "write"], inode: 0x426, isEdge: true },
    { fd: 13, events: [], inode: 0x42 },
    { fd: 14, events: [], inode: 0x43 },
  ]);
});

Deno.test("parseFdinfo() reads inotify watches", () => {
  const text = "flags:\t00\ninotify wd:2 ino:353cd sdev:fe00000 mask:fce ignored_mask:0 fhandle-bytes:c\n" +
    "inotify wd:1 ino:2a sdev:fe00000 mask:fce ignored_mask:0\n";
  assertEquals(parseFdinfo(text).watches, ["inode:218061", "inode:42"]);
});

Deno.test("parseFdinfo() reads signalfd, timerfd, pidfd and eventfd", () => {
  assertEquals(parseFdinfo("flags:\t02\nsigmask:\t0000000000004002\n").signals, ["SIGINT", "SIGTERM"]);
  const timer =
    "flags:\t02\nclockid: 1\nticks: 0\nsettime flags: 01\nit_value: (49, 406829138)\nit_interval: (0, 0)\n";
  assertEquals(parseFdinfo(timer).remainingMs, 49_406.829138);
  assertEquals(parseFdinfo("flags:\t02\nit_value: (0, 0)\n").remainingMs, undefined);
  assertEquals(parseFdinfo("flags:\t02\nPid:\t17\nNSpid:\t17\n").pid, 17);
  assertEquals(parseFdinfo("flags:\t02\neventfd-count:               1f\neventfd-id: 3\n").count, 31);
});

Deno.test("parseFdinfo() reads the locks that are held through the file", () => {
  const text = "flags:\t0100001\nlock:\t1: FLOCK  ADVISORY  WRITE 20239 fe:00:2147167 0 EOF\n";
  assertEquals(parseFdinfo(text).locks, [{ type: "flock", mode: "write", file: "fe:00:2147167" }]);
});

Deno.test("parseLocks() reads holders and waiters of all types", () => {
  const text = `1: FLOCK  ADVISORY  WRITE 14862 fe:00:2196127 0 EOF
1: -> FLOCK  ADVISORY  WRITE 14867 fe:00:2196127 0 EOF
2: POSIX  ADVISORY  READ  17419 08:02:42 128 128
3: OFDLCK ADVISORY  READ -1 00:2e:7 0 EOF
4: LEASE  ACTIVE    READ 12 fe:00:9 0 EOF
rubbish
`;
  assertEquals(
    parseLocks(text).map(({ id, type, mode, pid, file, waits }) => [id, type, mode, pid, file, waits]),
    [
      [1, "flock", "write", 14862, "fe:00:2196127", false],
      [1, "flock", "write", 14867, "fe:00:2196127", true],
      [2, "posix", "read", 17419, "08:02:42", false],
      [3, "ofd", "read", -1, "00:2e:7", false],
      [4, "lease", "read", 12, "fe:00:9", false],
    ],
  );
});

Deno.test("fdKind() tells kinds by the link, and by the file where the link is a path", () => {
  assertEquals(fdKind("pipe:[42]", undefined), "pipe");
  assertEquals(fdKind("socket:[42]", undefined), "socket");
  assertEquals(fdKind("anon_inode:[eventpoll]", undefined), "epoll");
  assertEquals(fdKind("anon_inode:inotify", undefined), "inotify");
  assertEquals(fdKind("anon_inode:[pidfd]", undefined), "pidfd");
  assertEquals(fdKind("anon_inode:[perf_event]", undefined), "other");
  assertEquals(fdKind("/dev/pts/3", "char-device"), "terminal");
  assertEquals(fdKind("/dev/null", "char-device"), "device");
  assertEquals(fdKind("/tmp/queue", "fifo"), "fifo");
  assertEquals(fdKind("/tmp", "directory"), "directory");
  assertEquals(fdKind("/memfd:x (deleted)", undefined), "file");
  assertEquals(fdKind("/mnt/remote/file", undefined), "file");
  assertEquals(fdKind("net:[4026531840]", undefined), "other");
  assertEquals([inodeOfLink("socket:[42]"), inodeOfLink("/tmp/pipe:[42]")], [42, undefined]);
});
