import { planDump, planUnixKill, planWindowsKill } from "../../../src/driver/kill_plan.ts";
import type { ProcessEntry } from "../../../src/tree/process_entry.ts";
import { assertEquals } from "../../support/assert.ts";

function entry(pid: number, ppid: number, pgid: number): ProcessEntry {
  return { pid, ppid, pgid, sid: pgid, state: "S", startTime: pid, name: `p${pid}` };
}

Deno.test("planUnixKill() signals whole groups, when they consist of members alone", () => {
  const members = [entry(10, 1, 10), entry(11, 10, 10), entry(12, 10, 12)];
  const plan = planUnixKill({ members, all: [entry(1, 0, 1), ...members], ownGroup: 5 }, "SIGKILL");
  assertEquals(plan, [
    { kind: "signal", target: -10, signal: "SIGKILL" },
    { kind: "signal", target: -12, signal: "SIGKILL" },
  ]);
});

Deno.test("planUnixKill() signals members one by one, when others share their group", () => {
  const members = [entry(10, 1, 7), entry(11, 10, 7)];
  const plan = planUnixKill({ members, all: [entry(7, 1, 7), ...members], ownGroup: 5 }, "SIGKILL");
  assertEquals(plan.map((step) => step.kind === "signal" ? step.target : 0), [10, 11]);
});

Deno.test("planUnixKill() never signals prekill's own group, when members share it", () => {
  const members = [entry(10, 5, 5)];
  assertEquals(planUnixKill({ members, all: members, ownGroup: 5 }, "SIGTERM"), [
    { kind: "signal", target: 10, signal: "SIGTERM" },
  ]);
});

Deno.test("planWindowsKill() ends each top of the tree with its children, forced when hard", () => {
  const members = [entry(10, 1, 0), entry(11, 10, 0), entry(20, 1, 0)];
  assertEquals(planWindowsKill({ members, all: members, ownGroup: 0 }, true), [
    { kind: "run", program: "taskkill", args: ["/PID", "10", "/T", "/F"] },
    { kind: "run", program: "taskkill", args: ["/PID", "20", "/T", "/F"] },
  ]);
  assertEquals(planWindowsKill({ members: [members[0]!], all: members, ownGroup: 0 }, false), [
    { kind: "run", program: "taskkill", args: ["/PID", "10", "/T"] },
  ]);
});

Deno.test("planDump() asks those that print first, and keeps a script above them from going on", () => {
  const shell = entry(10, 1, 10);
  const printing = entry(11, 10, 10);
  const tee = entry(12, 10, 10);
  const helper = entry(13, 11, 10);
  const { first, waiting } = planDump([shell, printing, tee, helper], new Set([11]));
  assertEquals(first, [
    { kind: "signal", target: 11, signal: "SIGQUIT" },
    { kind: "signal", target: 10, signal: "SIGTERM" },
  ]);
  assertEquals(waiting, [tee, helper]);
});

Deno.test("planDump() asks one that prints by its own signal only, when another such one is below it", () => {
  const plan = planDump([entry(10, 1, 10), entry(11, 10, 10)], new Set([10, 11]));
  assertEquals(plan.first.map((step) => step.kind === "signal" && [step.target, step.signal]), [
    [10, "SIGQUIT"],
    [11, "SIGQUIT"],
  ]);
  assertEquals(plan.waiting, []);
});

Deno.test("planDump() comes to an end, when a listing has processes that are each other's parent", () => {
  const plan = planDump([entry(10, 11, 10), entry(11, 10, 10)], new Set([10]));
  assertEquals(plan.first.length, 2);
});
