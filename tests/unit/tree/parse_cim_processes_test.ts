import { parseCimProcesses } from "../../../src/tree/parse_cim_processes.ts";
import { assertEquals } from "../../support/assert.ts";

const row = (
  pid: number,
  parent: number,
  started: string | null,
  commandLine: string | null = null,
): string =>
  JSON.stringify({
    ProcessId: pid,
    ParentProcessId: parent,
    Name: "node.exe",
    CommandLine: commandLine,
    Started: started,
  });

Deno.test("parseCimProcesses() reads pid, parent, start, name and command line", () => {
  const text = `[${row(4, 0, null)},${
    row(200, 4, "2026-01-31T10:15:00.1230000Z", '"C:\\node.exe" "a b.js"')
  }]`;
  const snapshot = parseCimProcesses(text)!;
  assertEquals(snapshot.entries[1], {
    pid: 200,
    ppid: 4,
    pgid: 200,
    sid: 0,
    state: "?",
    startTime: Date.UTC(2026, 0, 31, 10, 15, 0, 123),
    name: "node.exe",
  });
  assertEquals(snapshot.commands, new Map([[200, ["C:\\node.exe", "a b.js"]]]));
});

Deno.test("parseCimProcesses() drops a parent that is younger than its child: the number was reused", () => {
  const text = `[${row(100, 4, "2026-01-31T11:00:00Z")},${row(200, 100, "2026-01-31T10:00:00Z")}]`;
  assertEquals(parseCimProcesses(text)!.entries.map((entry) => entry.ppid), [0, 0]);
});

Deno.test("parseCimProcesses() reads a single object, and a byte order mark", () => {
  assertEquals(parseCimProcesses(`\uFEFF${row(200, 0, "2026-01-31T10:00:00Z")}`)!.entries.length, 1);
});

Deno.test("parseCimProcesses() tells text that is not JSON", () => {
  assertEquals(parseCimProcesses("Get-CimInstance : Access denied"), undefined);
});
