import { restartedCall } from "../../../src/hooks/collectors/kernel/restarted_call.ts";
import { syscallName, syscallNumber } from "../../../src/hooks/collectors/kernel/syscall_names.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("restartedCall() tells the call by what the thread waits in and by its registers", () => {
  const cases: [string, bigint[], string | undefined][] = [
    // Linux 6.18: sleep(1), poll(2) from Python, a Python event with a time limit.
    ["do_syscall_64", [0n, 0n, 0x7ffd7aaa9010n, 0x7ffd7aaa9050n, 0n, 0n], "clock_nanosleep"],
    ["poll_schedule_timeout.constprop.0", [0x7fe70294c150n, 1n, 500_000n, 1n, 0n, 0n], "poll"],
    ["futex_do_wait", [0x5564c51df5f0n, 0x89n, 0n, 0x7fffddbad4d0n, 0n, 0xffffffffn], "futex"],
    ["futex_do_wait", [0x5564c51df5f0n, 0x86n, 0n, 0n, 0n, 0n], undefined],
    ["hrtimer_nanosleep", [1n, 0n, 0x404060n, 0n, 0n, 0n], "clock_nanosleep"],
    ["hrtimer_nanosleep", [0x7ffd7aaa9010n, 0x7ffd7aaa9050n, 0n, 0n, 0n, 0n], "nanosleep"],
    ["", [0n, 0n, 0x7ffd7aaa9010n, 0x7ffd7aaa9050n, 0n, 0n], "clock_nanosleep"],
    ["", [0n, 0n, 60_000n, 0n, 0n, 0n], undefined],
    ["", [0x7fe70294c150n, 1n, 500_000n, 1n, 0n, 0n], undefined],
  ];
  for (const [wchan, args, name] of cases) assertEquals(restartedCall(args, wchan), name, wchan);
});

Deno.test("syscallNumber() is the other way of syscallName()", () => {
  for (const arch of ["x86_64", "aarch64"]) {
    const number = syscallNumber(arch, "clock_nanosleep");
    assertEquals(syscallName(arch, number!), "clock_nanosleep");
  }
  assertEquals(syscallNumber("aarch64", "poll"), undefined);
  assertEquals(syscallNumber("riscv64", "read"), undefined);
  assertEquals(syscallName("riscv64", 0), undefined);
});
