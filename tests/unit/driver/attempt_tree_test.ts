import { AttemptTree } from "../../../src/driver/attempt_tree.ts";
import { host } from "../../../src/runtime/host.ts";
import type { Child, Runtime, SpawnCommand } from "../../../src/runtime/port.ts";
import type { ProcessEntry } from "../../../src/tree/process_entry.ts";
import type { ProcessLister } from "../../../src/tree/process_lister.ts";
import { createSnapshotLister } from "../../../src/tree/snapshot_lister.ts";
import { assertEquals } from "../../support/assert.ts";
import { waitUntil } from "../../support/wait_until.ts";

const ROOT = 4711;

function entry(pid: number, ppid: number): ProcessEntry {
  return { pid, ppid, pgid: pid, sid: 0, state: "?", startTime: 5000 + pid, name: "p" };
}

/** A Windows on which the tree of `entries` is listed until `taskkill` is run. */
function windows(entries: readonly ProcessEntry[]) {
  const commands: string[] = [];
  const runtime: Runtime = {
    ...host,
    os: "windows",
    spawn({ program, args }: SpawnCommand): Child {
      commands.push([program, ...args].join(" "));
      return { pid: 1, exited: Promise.resolve({ kind: "exited", code: 0 }), unref: () => {} } as Child;
    },
  };
  const lister = createSnapshotLister(() =>
    Promise.resolve({
      entries: commands.length === 0 ? entries : [],
      commands: new Map(),
      cookies: new Map(),
    })
  );
  return { runtime, lister, commands };
}

Deno.test("AttemptTree finds the root, when only a program can list processes", async () => {
  const { runtime, lister, commands } = windows([entry(ROOT, host.pid), entry(4712, ROOT), entry(9, 1)]);
  const tree = new AttemptTree(runtime, lister, ROOT, { ownsSession: true, cookie: "c" });
  tree.startLooking();
  tree.stopLooking();
  assertEquals(await tree.killAll(), []);
  assertEquals(commands, [`taskkill /PID ${ROOT} /T /F`]);
});

Deno.test("AttemptTree does not take another's process for the root, when its pid is used again", async () => {
  const { runtime, lister, commands } = windows([entry(ROOT, 1)]);
  const tree = new AttemptTree(runtime, lister, ROOT, { ownsSession: true, cookie: "c" });
  assertEquals(await tree.killAll(), []);
  assertEquals(commands, []);
});

Deno.test("AttemptTree.signal() reaches the root, when nothing has been listed yet", () => {
  const { runtime, lister, commands } = windows([]);
  const tree = new AttemptTree(runtime, lister, ROOT, { ownsSession: true, cookie: "c" });
  tree.signal("SIGTERM", false);
  assertEquals(commands, [`taskkill /PID ${ROOT} /T`]);
});

Deno.test("AttemptTree finds a daemon, when it has carried the cookie for a while and then cleared it", async () => {
  let entries = [entry(ROOT, host.pid), entry(4712, 1)];
  let carriesCookie = true;
  let looks = 0;
  const sent: string[] = [];
  const runtime: Runtime = {
    ...host,
    os: "linux",
    kill(pid, signal) {
      if (signal === undefined) return "gone";
      sent.push(`${signal} ${pid}`);
      entries = [];
      return "sent";
    },
  };
  const lister: ProcessLister = {
    read: (pid) => entries.find((entry) => entry.pid === pid),
    listAll: () => entries,
    listStartedAfter: (pid) => entries.filter((entry) => entry.pid > pid),
    command: () => [],
    hasCookie(pid) {
      looks++;
      return carriesCookie && pid === 4712;
    },
    ageMs: () => 0,
  };
  const tree = new AttemptTree(runtime, lister, ROOT, { ownsSession: true, cookie: "c" });
  tree.startLooking();
  await waitUntil("the tree has been looked at", () => looks > 0);
  tree.stopLooking();
  carriesCookie = false;
  entries = entries.slice(1);
  assertEquals(await tree.killAll(), []);
  assertEquals(sent, ["SIGKILL -4712"]);
});

Deno.test("AttemptTree names and kills the root's group, when it forks faster than it can be listed", async () => {
  const sent: string[] = [];
  let groupLives = true;
  const runtime: Runtime = {
    ...host,
    os: "linux",
    kill(pid, signal) {
      if (pid !== -ROOT || !groupLives) return "gone";
      if (signal !== undefined) sent.push(signal);
      groupLives = signal !== "SIGKILL";
      return "sent";
    },
  };
  const nobody: ProcessLister = {
    read: () => undefined,
    listAll: () => [],
    listStartedAfter: () => [],
    command: () => [],
    hasCookie: () => false,
    ageMs: () => 0,
  };
  const tree = new AttemptTree(runtime, nobody, ROOT, { ownsSession: true, cookie: "c" });
  assertEquals((await tree.liveDescendants()).map(({ pgid }) => pgid), [ROOT]);
  assertEquals([await tree.killAll(), sent], [[], ["SIGKILL"]]);
  assertEquals(await tree.liveDescendants(), []);
});
