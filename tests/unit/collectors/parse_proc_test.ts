import { parseIo } from "../../../src/hooks/collectors/kernel/parse_io.ts";
import { parseRemoteMounts } from "../../../src/hooks/collectors/kernel/parse_mounts.ts";
import { parsePressure } from "../../../src/hooks/collectors/kernel/parse_pressure.ts";
import { parseStatus } from "../../../src/hooks/collectors/kernel/parse_status.ts";
import { parseSyscall } from "../../../src/hooks/collectors/kernel/parse_syscall.ts";
import { signalsOfHex } from "../../../src/hooks/collectors/kernel/signal_mask.ts";
import { syscallName } from "../../../src/hooks/collectors/kernel/syscall_names.ts";
import { assert, assertEquals } from "../../support/assert.ts";

const STATUS = `Name:	a\\nUid: 7
Umask:	0022
State:	S (sleeping)
TracerPid:	42
NSpid:	4242	77	7
Uid:	1000	1001	1000	1000
VmRSS:	    1792 kB
VmSwap:	       4 kB
SigPnd:	0000000000000001
ShdPnd:	0000000000004001
SigBlk:	0000000000000200
SigIgn:	0000000000000006
SigCgt:	0000000180000800
voluntary_ctxt_switches:	17
nonvoluntary_ctxt_switches:	1
`;

Deno.test("parseStatus() reads ids, memory, signals and switches, when the name holds a line break", () => {
  assertEquals(parseStatus(STATUS), {
    uid: 1001,
    ownId: 7,
    tracerPid: 42,
    rssBytes: 1792 * 1024,
    swapBytes: 4096,
    signals: {
      blocked: ["SIGUSR1"],
      ignored: ["SIGINT", "SIGQUIT"],
      // Not the two that the C library keeps for itself.
      caught: ["SIGUSR2"],
      pending: ["SIGHUP", "SIGTERM"],
    },
    voluntarySwitches: 17,
  });
});

Deno.test("parseStatus() leaves out what is not there, when the process is a zombie or has gone", () => {
  const status = parseStatus("Name:\tx\nState:\tZ (zombie)\nUid:\t0\t0\t0\t0\n");
  assertEquals([status.rssBytes, status.swapBytes, status.voluntarySwitches], [0, undefined, undefined]);
  assertEquals(parseStatus("").signals.caught, []);
  assertEquals([parseStatus("").ownId, parseStatus("NSpid:\t4242\n").ownId], [undefined, undefined]);
});

Deno.test("signalsOfHex() names real-time signals, when the highest bits are set", () => {
  assertEquals(signalsOfHex("8000000200000000"), ["SIGRTMIN", "SIGRTMIN+30"]);
  assertEquals(signalsOfHex(undefined), []);
  assertEquals(signalsOfHex("not a mask"), []);
});

Deno.test("parseSyscall() tells running, blocked and calls apart", () => {
  assertEquals(parseSyscall("running\n"), { kind: "running" });
  assertEquals(parseSyscall("-1 0x7ffc5d273378 0x7fc25e44b503\n"), { kind: "blocked" });
  assertEquals(parseSyscall("0 0x3 0x7f00 0x1000 0x0 0x0 0x0 0x7ffc5d273378 0x7fc25e44b503\n"), {
    kind: "call",
    number: 0,
    args: [3n, 0x7f00n, 0x1000n, 0n, 0n, 0n],
    stackPointer: 0x7ffc5d273378n,
  });
  assertEquals(parseSyscall(""), undefined);
  assertEquals(parseSyscall("0 0x3 rubbish"), undefined);
});

Deno.test("parseIo() counts what is read and written through pipes too", () => {
  const text = "rchar: 6976\nwchar: 12\nsyscr: 10\nsyscw: 0\nread_bytes: 8192\nwrite_bytes: 0\n";
  assertEquals(parseIo(text), { readBytes: 6976, writtenBytes: 12, writeCalls: 0 });
  assertEquals(parseIo(""), undefined);
});

Deno.test("parsePressure() returns the share of the last ten seconds", () => {
  const text =
    "some avg10=0.76 avg60=0.59 avg300=0.29 total=7557299\nfull avg10=0.10 avg60=0.00 avg300=0.00 total=0\n";
  assertEquals(parsePressure(text), 0.76);
  assertEquals(parsePressure(""), undefined);
});

Deno.test("parseRemoteMounts() picks the mounts whose server may be gone", () => {
  const text = [
    "24 29 0:22 / /proc rw,relatime shared:12 - proc proc rw",
    "31 29 0:45 / /mnt/a\\040b rw,relatime shared:2 - nfs4 server:/export rw,vers=4.2",
    "33 29 0:47 / /home/u/s rw,nosuid - fuse.sshfs u@h:/ rw",
    "35 29 0:48 / /nfs rw - ext4 /dev/nfs rw",
  ].join("\n");
  assertEquals(parseRemoteMounts(text), [{ id: 31, path: "/mnt/a b" }, { id: 33, path: "/home/u/s" }]);
});

Deno.test("syscallName() knows the calls that wait, on both architectures", () => {
  const numbers: Readonly<Record<string, readonly [number, number?]>> = {
    read: [0, 63],
    write: [1, 64],
    poll: [7],
    ppoll: [271, 73],
    select: [23],
    pselect6: [270, 72],
    epoll_wait: [232],
    epoll_pwait: [281, 22],
    epoll_pwait2: [441, 441],
    futex: [202, 98],
    wait4: [61, 260],
    waitid: [247, 95],
    nanosleep: [35, 101],
    clock_nanosleep: [230, 115],
    restart_syscall: [219, 128],
    openat: [257, 56],
    openat2: [437, 437],
    flock: [73, 32],
    fcntl: [72, 25],
    connect: [42, 203],
    accept4: [288, 242],
    recvfrom: [45, 207],
    recvmsg: [47, 212],
    sendto: [44, 206],
    rt_sigsuspend: [130, 133],
    rt_sigtimedwait: [128, 137],
    semtimedop: [220, 192],
    io_uring_enter: [426, 426],
    mseal: [462, 462],
  };
  for (const [name, [x86, arm]] of Object.entries(numbers)) {
    assertEquals(syscallName("x86_64", x86), name);
    if (arm !== undefined) assertEquals(syscallName("aarch64", arm), name);
  }
});

Deno.test("syscallName() is undefined for gaps, unknown numbers and other architectures", () => {
  assertEquals(syscallName("x86_64", 400), undefined);
  assertEquals(syscallName("x86_64", 9999), undefined);
  assertEquals(syscallName("riscv64", 63), undefined);
  assert(syscallName("x86_64", 334) === "rseq");
});
