import { createHolders } from "../../../src/hooks/collectors/kernel/holders.ts";
import type { HolderScan } from "../../../src/hooks/collectors/kernel/scan_holders.ts";
import { host } from "../../../src/runtime/host.ts";
import { assertEquals } from "../../support/assert.ts";
import { openFile } from "../../support/fake_decode_context.ts";
import { processSnapshot } from "../../support/fake_snapshot.ts";

const OWN_PID = 7;
const ROOT_START = 10;
const tree = [100, 200].map((pid) => processSnapshot(pid, { files: [openFile(3, "pipe:[42]")] }));

function holdersOf(scan: Partial<HolderScan> | undefined, others: number[] = []) {
  const byLink = new Map([["pipe:[42]", [100, ...others].map((pid) => ({ pid, fd: 9 }))]]);
  const files = { ...host.files, readText: () => "flags:\t01\n" };
  const full = scan && { byLink, unreadable: [], isComplete: true, ...scan };
  return createHolders({ files, pid: OWN_PID }, tree, full, ROOT_START);
}

function entry(pid: number, ppid: number, startTime: number) {
  return { pid, ppid, pgid: pid, sid: pid, state: "S", startTime, name: "x" };
}

Deno.test("createHolders() takes files of the tree from the tree, and of others from the scan", () => {
  const found = holdersOf({}, [300]).of("pipe:[42]");
  assertEquals(found.map(({ pid, fd, access }) => [pid, fd, access]), [
    [100, 3, "write"],
    [200, 3, "write"],
    [300, 9, "write"],
  ]);
});

for (
  const [what, scan, others, expected] of [
    ["all processes were seen", {}, [300], true],
    ["only the tree was looked at", undefined, [], false],
    ["the scan was cut short", { isComplete: false }, [], false],
    [
      "what the tree has made stayed in it, and a daemon is unreadable",
      { unreadable: [entry(5, 1, 1)] },
      [],
      true,
    ],
    ["prekill holds the other end", { unreadable: [entry(5, 1, 1)] }, [OWN_PID], true],
    [
      "another process holds it too, and a daemon is unreadable",
      { unreadable: [entry(5, 1, 1)] },
      [300],
      false,
    ],
    ["an unreadable process belongs to the tree", { unreadable: [entry(200, 100, 20)] }, [], false],
    ["an unreadable process may have left the tree", { unreadable: [entry(400, 1, 20)] }, [], false],
    ["an unreadable daemon has a new child", { unreadable: [entry(400, 5, 20)] }, [], true],
  ] as const
) {
  Deno.test(`isCertain() is ${expected}, when ${what}`, () => {
    const holders = holdersOf(scan, [...others]);
    assertEquals(holders.isCertain(holders.of("pipe:[42]"), false), expected);
  });
}

Deno.test("isCertain() is false, when a process that is unreadable can open the file by its name", () => {
  const holders = holdersOf({ unreadable: [entry(5, 1, 1)] });
  assertEquals(holders.isCertain(holders.of("pipe:[42]"), true), false);
});
