import { type DoctorCheck, doctorReport } from "../../../src/cli/doctor_report.ts";
import { kernelChecks, type KernelFacts } from "../../../src/cli/kernel_checks.ts";
import { renderDoctor } from "../../../src/cli/render_doctor.ts";
import { createStyle } from "../../../src/cli/style.ts";
import { assertEquals } from "../../support/assert.ts";

const OPEN: KernelFacts = {
  ptraceScope: 1,
  effectiveCapabilities: "000001ffffffffff",
  child: { syscall: true, memory: true, waitChannel: true },
  pressure: true,
  containerSign: undefined,
  cgroup: "/user.slice",
};

function statusOf(name: string, facts: Partial<KernelFacts>): DoctorCheck["status"] | undefined {
  return kernelChecks({ ...OPEN, ...facts }).find((check) => check.name === name)?.status;
}

Deno.test("kernelChecks() calls system calls essential and everything else a help", () => {
  const closed = kernelChecks({ ...OPEN, child: { syscall: false, memory: false, waitChannel: false } });
  assertEquals(closed.filter((check) => check.essential).map((check) => check.name), ["system calls"]);
  assertEquals(doctorReport("1", closed).healthy, false);
  assertEquals(doctorReport("1", kernelChecks(OPEN)).healthy, true);
});

Deno.test("kernelChecks() reads the ptrace scope together with the capability", () => {
  const plain = "0000000000000000";
  assertEquals(statusOf("ptrace", { ptraceScope: undefined, effectiveCapabilities: plain }), "ok");
  assertEquals(statusOf("ptrace", { ptraceScope: 0, effectiveCapabilities: plain }), "ok");
  assertEquals(statusOf("ptrace", { ptraceScope: 1, effectiveCapabilities: plain }), "limited");
  assertEquals(statusOf("ptrace", { ptraceScope: 1 }), "ok");
  assertEquals(statusOf("ptrace", { ptraceScope: 2, effectiveCapabilities: plain }), "missing");
  assertEquals(statusOf("ptrace", { ptraceScope: 2 }), "ok");
  assertEquals(statusOf("ptrace", { ptraceScope: 3 }), "missing");
});

Deno.test("renderDoctor() groups the checks, says what to do, and ends with a verdict", () => {
  const report = doctorReport("1", [
    { group: "host", name: "system", status: "info", essential: false, detail: "linux" },
    {
      group: "tools",
      name: "eu-stack",
      status: "missing",
      essential: false,
      detail: "not in PATH",
      purpose: "native stacks",
      remedy: "install elfutils",
    },
  ]);
  assertEquals(
    renderDoctor(report, createStyle(false)),
    `This machine:
  system                  linux

Tools:
  eu-stack       missing  not in PATH; for native stacks
                          -> install elfutils

prekill works here; 1 thing above would let it see more.
`,
  );
});
