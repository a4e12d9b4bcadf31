import type { ProcessEntry } from "../../../src/tree/process_entry.ts";
import { createSnapshotLister, type ProcessSnapshot } from "../../../src/tree/snapshot_lister.ts";
import { assert, assertEquals } from "../../support/assert.ts";

const entry = (pid: number): ProcessEntry => ({
  pid,
  ppid: 1,
  pgid: pid,
  sid: pid,
  state: "S",
  startTime: Date.now() - 5000,
  name: "node",
});
const snapshot: ProcessSnapshot = {
  entries: [entry(7), entry(8)],
  commands: new Map([[7, ["node", "a.js"]]]),
  cookies: new Map([[7, "abc def"]]),
};

Deno.test("createSnapshotLister() knows nothing before its first refresh, and then what it was told", async () => {
  const lister = createSnapshotLister(() => Promise.resolve(snapshot));
  assertEquals([lister.read(7), lister.listAll(), lister.command(7), lister.hasCookie(7, "abc")], [
    undefined,
    [],
    [],
    false,
  ]);
  await lister.refresh!();
  assertEquals(lister.listStartedAfter(6).map(({ pid }) => pid), [7, 8]);
  assertEquals([lister.read(7)?.name, lister.read(9)], ["node", undefined]);
  assertEquals([lister.command(7), lister.command(8)], [["node", "a.js"], []]);
  assertEquals([lister.hasCookie(7, "def"), lister.hasCookie(7, "x"), lister.hasCookie(8, "abc")], [
    true,
    false,
    false,
  ]);
  assert(lister.ageMs(lister.read(7)!) >= 5000);
});

Deno.test("refresh() keeps the previous listing, when a new one cannot be had", async () => {
  const answers = [snapshot, undefined];
  const lister = createSnapshotLister(() => Promise.resolve(answers.shift()));
  await lister.refresh!();
  await lister.refresh!();
  assertEquals(lister.listAll().length, 2);
});
