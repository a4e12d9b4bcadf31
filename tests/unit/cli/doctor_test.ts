import { type DoctorCheck, doctorReport } from "../../../src/cli/doctor_report.ts";
import { kernelChecks, type KernelFacts } from "../../../src/cli/kernel_checks.ts";
import { languageChecks, type LanguageSurvey } from "../../../src/cli/language_checks.ts";
import { renderDoctor } from "../../../src/cli/render_doctor.ts";
import { createStyle } from "../../../src/cli/style.ts";
import { toolChecks } from "../../../src/cli/tool_checks.ts";
import { assertEquals } from "../../support/assert.ts";

const OPEN: KernelFacts = {
  hasProc: true,
  ptraceScope: 1,
  effectiveCapabilities: "000001ffffffffff",
  child: { syscall: true, memory: true, waitChannel: true },
  isTraceDenied: false,
  pressure: true,
  containerSign: undefined,
  hasOwnPidNamespace: false,
  hidePid: undefined,
  isFiltered: false,
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

Deno.test("kernelChecks() believes an attempt to attach more than what the kernel states, when that was denied", () => {
  assertEquals(statusOf("ptrace", { ptraceScope: undefined, isTraceDenied: true }), "missing");
  assertEquals(statusOf("ptrace", { ptraceScope: undefined, isTraceDenied: undefined }), "ok");
  assertEquals(languageStatus("native", { isTraceDenied: true }), "limited");
  assertEquals(languageStatus("native", {}), "ok");
});

Deno.test("kernelChecks() asks for /proc and for nothing else, when that is missing", () => {
  const checks = kernelChecks({ ...OPEN, hasProc: false, hidePid: "2" });
  assertEquals(checks.map(({ name, status }) => [name, status]), [["/proc", "missing"]]);
  assertEquals(doctorReport("1", checks).healthy, false);
});

Deno.test("kernelChecks() says what hidepid and a pid namespace hide", () => {
  const plain = "0000000000000000";
  assertEquals(statusOf("hidepid", {}), "ok");
  assertEquals(statusOf("hidepid", { hidePid: "invisible" }), "ok");
  assertEquals(statusOf("hidepid", { hidePid: "2", effectiveCapabilities: plain }), "limited");
  const inside = kernelChecks({ ...OPEN, containerSign: "/.dockerenv", hasOwnPidNamespace: true });
  assertEquals(
    inside.find((check) => check.name === "container")?.detail,
    "yes (/.dockerenv); processes outside of this pid namespace cannot be named",
  );
});

const SURVEY: LanguageSurvey = {
  versions: { node: "20.1.0", ruby: "3.1.2" },
  python: { wasRead: true, version: "3.11.2", detail: "tried" },
  isInspectorPortTaken: false,
  isMemoryReadable: true,
  isTraceDenied: false,
  stackTool: "eu-stack",
  tools: [],
};

function languageStatus(name: string, changes: Partial<LanguageSurvey>): DoctorCheck["status"] | undefined {
  return languageChecks({ ...SURVEY, ...changes }).find((check) => check.name === name)?.status;
}

Deno.test("languageChecks() misses the tool of a language only where there is that language", () => {
  assertEquals([languageStatus("ruby", {}), languageStatus("dotnet", {})], ["limited", "info"]);
  assertEquals(languageStatus("ruby", { tools: ["rbspy"] }), "ok");
  assertEquals(languageStatus("ruby", { versions: {} }), "info");
});

Deno.test("languageChecks() tells how Python was read, and asks for py-spy only when it was not", () => {
  const unread = { wasRead: false, version: "3.99.0", detail: "unknown layout" };
  assertEquals(languageStatus("python", {}), "ok");
  assertEquals(languageStatus("python", { python: undefined }), "info");
  assertEquals(languageStatus("python", { python: unread }), "limited");
  assertEquals(languageStatus("python", { python: unread, tools: ["py-spy"] }), "ok");
  assertEquals(languageStatus("python", { isMemoryReadable: false }), "limited");
});

Deno.test("languageChecks() warns that the inspector's port is in use, when there is a Node that would open it", () => {
  assertEquals(languageStatus("node", {}), "ok");
  assertEquals(languageStatus("node", { isInspectorPortTaken: true }), "limited");
  assertEquals(languageStatus("node", { isInspectorPortTaken: true, versions: {} }), "info");
});

Deno.test("languageChecks() has a line for each language, and none of them is essential", () => {
  const checks = languageChecks({ ...SURVEY, stackTool: undefined });
  const names = "native python node deno bun java go ruby php dotnet";
  assertEquals(checks.map((check) => check.name).join(" "), names);
  assertEquals(checks.filter((check) => check.essential), []);
});

Deno.test("toolChecks() leaves tools of single languages to the languages", () => {
  const names = toolChecks("linux", () => undefined).map((check) => check.name);
  assertEquals(names.filter((name) => ["py-spy", "rbspy", "phpspy", "dotnet-stack"].includes(name)), []);
  assertEquals(names.includes("eu-stack"), true);
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
