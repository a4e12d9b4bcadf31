import { TreeLooks } from "../../../src/driver/tree_looks.ts";
import { host } from "../../../src/runtime/host.ts";
import type { Runtime } from "../../../src/runtime/port.ts";
import type { ProcessEntry } from "../../../src/tree/process_entry.ts";
import type { ProcessLister } from "../../../src/tree/process_lister.ts";
import { assertEquals } from "../../support/assert.ts";
import { waitUntil } from "../../support/wait_until.ts";

/** A Linux with process 50, as old as the machine, and process 5001, whose cookie is `own`. */
function linux() {
  const listed = { count: 0 };
  const environmentsRead: string[] = [];
  const stat = (pid: number, startTime: number): string =>
    `${pid} (p) S 1 ${pid} 1 ${"0 ".repeat(15)}${startTime} 0 0\n`;
  const texts = new Map([
    ["/proc/loadavg", "0.1 0.2 0.3 1/200 9999\n"],
    ["/proc/50/stat", stat(50, 1)],
    ["/proc/50/environ", "PREKILL_ID=own\0"],
    ["/proc/5001/stat", stat(5001, 800)],
    ["/proc/5001/environ", "PREKILL_ID=own\0"],
  ]);
  const runtime: Runtime = {
    ...host,
    os: "linux",
    files: {
      ...host.files,
      readText(path) {
        if (path.endsWith("/environ")) environmentsRead.push(path);
        return texts.get(path);
      },
      list(path) {
        if (path === "/proc") listed.count++;
        return ["uptime", "50", "5001"];
      },
    },
  };
  return { looks: new TreeLooks(runtime), listed, environmentsRead };
}

/** A tree that keeps what it sees. */
function watched(session?: number) {
  const seen: { pids: number[]; carriers: number[] }[] = [];
  const see = (entries: readonly ProcessEntry[], lister: Pick<ProcessLister, "hasCookie">): void => {
    const pids = entries.map(({ pid }) => pid);
    seen.push({ pids, carriers: pids.filter((pid) => lister.hasCookie(pid, "own")) });
  };
  return { tree: { startTime: 700, session, see }, seen };
}

Deno.test("TreeLooks shows one listing to all trees, and reads no environment older than these", async () => {
  const { looks, listed, environmentsRead } = linux();
  const [first, second] = [watched(), watched()];
  const leave = [looks.add(first.tree), looks.add(second.tree)];
  await waitUntil("both have been shown a listing", () => first.seen.length > 0 && second.seen.length > 0);
  for (const one of leave) one();
  assertEquals(listed.count, first.seen.length);
  assertEquals(first.seen[0], { pids: [50, 5001], carriers: [5001] });
  assertEquals(second.seen[0], first.seen[0]);
  assertEquals(new Set(environmentsRead), new Set(["/proc/5001/environ"]));
});

Deno.test("TreeLooks leaves no timer behind, when the last tree has left, and looks again for one that comes later", async () => {
  const { looks, listed } = linux();
  looks.add(watched().tree)();
  assertEquals(listed.count, 0);
  const later = watched();
  const leave = looks.add(later.tree);
  await waitUntil("the later one has been shown a listing", () => later.seen.length > 0);
  leave();
});

Deno.test("TreeLooks reads no environment of who is in the session of a tree", async () => {
  const { looks, environmentsRead } = linux();
  // Every process of this Linux is in session 1.
  const { tree, seen } = watched(1);
  const leave = looks.add(tree);
  await waitUntil("it has been shown a listing", () => seen.length > 0);
  leave();
  assertEquals(seen[0], { pids: [50, 5001], carriers: [] });
  assertEquals(environmentsRead, []);
});
