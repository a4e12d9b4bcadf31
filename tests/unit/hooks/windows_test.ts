import { assembleWindowsFacts } from "../../../src/hooks/windows/assemble_windows_facts.ts";
import { minidumpCommand } from "../../../src/hooks/windows/minidump_command.ts";
import { parseWindowsSample } from "../../../src/hooks/windows/parse_windows_sample.ts";
import { windowsScript } from "../../../src/hooks/windows/windows_script.ts";
import { findTree } from "../../../src/tree/find_tree.ts";
import { parseCimProcesses } from "../../../src/tree/parse_cim_processes.ts";
import { assertEquals, assertStringIncludes } from "../../support/assert.ts";

const read = (name: string): string =>
  Deno.readTextFileSync(new URL(`../../fixtures/windows/${name}`, import.meta.url));

function assemble(sampleText: string) {
  const snapshot = parseCimProcesses(read("cim_processes.json"))!;
  const root = snapshot.entries.find((entry) => entry.pid === 500)!;
  return assembleWindowsFacts({
    arch: "x86_64",
    cpus: 8,
    takenAtEpochMs: Date.UTC(2026, 0, 31, 10, 25),
    rootPid: 500,
    entries: findTree(
      { hasCookie: () => false },
      snapshot.entries,
      { root, ownsSession: false, cookie: "", seen: [] },
      1,
    ),
    commands: snapshot.commands,
    sample: parseWindowsSample(sampleText),
    collectors: [],
  });
}

Deno.test("assembleWindowsFacts() keeps out a process that is older than the parent it names", () => {
  assertEquals(assemble(read("sample.json")).processes.map((process) => process.pid), [500, 501, 502]);
});

Deno.test("assembleWindowsFacts() reads states, wait reasons and CPU time of threads, the oldest first", () => {
  const [cmd, node] = assemble(read("sample.json")).processes;
  assertEquals(cmd!.command, ["cmd", "/c", "build all.cmd"]);
  assertEquals([cmd!.states, cmd!.threads[0]!.tid, cmd!.threads[0]!.wchan], ["SSS", 500, "UserRequest"]);
  assertEquals(cmd!.threads[0]!.syscall?.wait, undefined);
  assertEquals(node!.threads.map((thread) => [thread.tid, thread.states, Math.round(thread.cpuPercent)]), [
    [501, "SSS", 0],
    [5012, "DDD", 0],
    [5013, "RRR", 90],
  ]);
  assertEquals(node!.threads[0]!.syscall?.wait, { kind: "sleep" });
  assertEquals([node!.threads[0]!.sameSyscall, node!.threads[2]!.sameSyscall], [true, false]);
});

Deno.test("assembleWindowsFacts() says so, when a process ended meanwhile", () => {
  const worker = assemble(read("sample.json")).processes[2]!;
  assertEquals([worker.states, worker.incomplete], ["TT", "it ended while it was looked at"]);
});

Deno.test("assembleWindowsFacts() keeps the tree, when the look at it failed", () => {
  const facts = assemble("Get-Process : Access denied");
  assertEquals([facts.snapshots, facts.windowMs, facts.processes.length], [0, 0, 3]);
  assertEquals(facts.processes[0]!.incomplete, "it ended, or may not be looked into");
});

Deno.test("parseWindowsSample() skips warnings before the object", () => {
  assertEquals(parseWindowsSample(`\uFEFFWARNING: slow\n${read("sample.json")}`).Looks.length, 3);
});

Deno.test("windowsScript() names the processes as numbers and sleeps for half of the time, twice", () => {
  const script = windowsScript([500, 501], 1000);
  assertStringIncludes(script, "$pids = @(500,501)");
  assertEquals(script.split("Start-Sleep -Milliseconds 500;").length, 3);
});

Deno.test("minidumpCommand() keeps the comma with the library, and the path in one argument", () => {
  assertEquals(minidumpCommand("C:\\Windows\\", 12, "C:\\a b\\x.dmp"), {
    program: "C:\\Windows\\System32\\rundll32.exe",
    args: ["C:\\Windows\\System32\\comsvcs.dll,", "MiniDump", "12", "C:\\a b\\x.dmp", "full"],
  });
});
