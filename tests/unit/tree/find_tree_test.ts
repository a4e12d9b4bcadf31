import { findTree, type TreeQuery } from "../../../src/tree/find_tree.ts";
import type { ProcessEntry } from "../../../src/tree/process_entry.ts";
import { assertEquals } from "../../support/assert.ts";

const NO_COOKIES = { hasCookie: (): boolean => false };

function entry(pid: number, ppid: number, sid: number, startTime = pid): ProcessEntry {
  return { pid, ppid, pgid: sid, sid, state: "S", startTime, name: `p${pid}` };
}

function query(changes: Partial<TreeQuery> = {}): TreeQuery {
  return { root: { pid: 100, startTime: 100 }, ownsSession: true, cookie: "c", seen: [], ...changes };
}

function pids(entries: ProcessEntry[]): number[] {
  return entries.map((member) => member.pid);
}

Deno.test("findTree() lists descendants, parents before children", () => {
  const entries = [
    entry(103, 102, 1),
    entry(1, 0, 1),
    entry(102, 100, 1),
    entry(101, 100, 1),
    entry(100, 50, 1),
  ];
  assertEquals(pids(findTree(NO_COOKIES, entries, query(), 50)), [100, 101, 102, 103]);
});

Deno.test("findTree() finds members of the session, when their parents have gone", () => {
  const entries = [entry(1, 0, 1), entry(105, 1, 100), entry(106, 105, 106)];
  assertEquals(pids(findTree(NO_COOKIES, entries, query(), 50)), [105, 106]);
  assertEquals(pids(findTree(NO_COOKIES, entries, query({ ownsSession: false }), 50)), []);
});

Deno.test("findTree() finds a daemon by its cookie, when it has its own session", () => {
  const lister = { hasCookie: (pid: number, cookie: string): boolean => pid === 107 && cookie === "c" };
  assertEquals(pids(findTree(lister, [entry(107, 1, 107)], query(), 50)), [107]);
});

Deno.test("findTree() finds what was seen before, unless its pid has been reused", () => {
  const seen = [{ pid: 108, startTime: 108 }, { pid: 109, startTime: 109 }];
  const entries = [entry(108, 1, 108), entry(109, 1, 109, 5000)];
  assertEquals(pids(findTree(NO_COOKIES, entries, query({ seen }), 50)), [108]);
});

Deno.test("findTree() leaves out prekill itself and what was started before the root", () => {
  const lister = { hasCookie: (): boolean => true };
  const entries = [entry(50, 1, 100), entry(60, 1, 100), entry(110, 50, 110)];
  assertEquals(pids(findTree(lister, entries, query(), 50)), [110]);
});
