import { readControlGroup } from "../../../src/hooks/collectors/kernel/control_group_state.ts";
import { createControlGroupRecorder } from "../../../src/hooks/collectors/kernel/control_group_recorder.ts";
import {
  parseControlGroupMounts,
  parseControlGroupPaths,
} from "../../../src/hooks/collectors/kernel/parse_control_groups.ts";
import type { Files } from "../../../src/runtime/port.ts";
import { assertEquals } from "../../support/assert.ts";

const V2 = "41 31 0:38 / /sys/fs/cgroup rw,relatime - cgroup2 cgroup2 rw\n";
const V1 =
  "32 31 0:29 / /cg/cpu rw - cgroup cgroup rw,cpu,cpuacct\n35 31 0:32 /box /cg/memory rw - cgroup cgroup rw,memory\n" +
  "37 31 0:34 / /cg/freezer rw - cgroup cgroup rw,freezer\n31 23 0:28 / /cg rw,relatime - tmpfs tmpfs rw,mode=755\n";

function filesOf(texts: Readonly<Record<string, string>>): Files {
  // deno-lint-ignore no-explicit-any
  return { readText: (path: string) => texts[path] } as any;
}

Deno.test("parseControlGroupPaths() reads both versions, and skips what is of another form", () => {
  assertEquals(parseControlGroupPaths("4:cpu,cpuacct:/a:b\n0::/user.slice\nnonsense\n"), [
    { controllers: ["cpu", "cpuacct"], path: "/a:b" },
    { controllers: [], path: "/user.slice" },
  ]);
});

Deno.test("readControlGroup() finds the limit of an outer group, when groups are of version 2", () => {
  const files = filesOf({
    "/sys/fs/cgroup/box/cpu.stat": "usage_usec 5\nnr_throttled 3\nthrottled_usec 2500\n",
    "/sys/fs/cgroup/box/job/cpu.stat": "usage_usec 5\n",
    "/sys/fs/cgroup/box/memory.events": "max 7\noom 1\noom_kill 1\n",
    "/sys/fs/cgroup/box/cgroup.events": "populated 1\nfrozen 1\n",
  });
  const state = readControlGroup(files, parseControlGroupMounts(V2), parseControlGroupPaths("0::/box/job\n"));
  assertEquals(state, { path: "/box/job", isFrozen: true, throttledMs: 2.5, oomKills: 1 });
});

Deno.test("readControlGroup() reads each controller in its own hierarchy, when groups are of version 1", () => {
  const files = filesOf({
    "/cg/cpu/job/cpu.stat": "nr_periods 9\nnr_throttled 8\nthrottled_time 3000000\n",
    "/cg/memory/x/memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 4\n",
    "/cg/freezer/freezer.state": "THAWED\n",
  });
  const paths = parseControlGroupPaths("1:cpu,cpuacct:/job\n4:memory:/box/x\n6:freezer:/\n0::/\n");
  const state = readControlGroup(files, parseControlGroupMounts(V1), paths);
  assertEquals(state, { path: "/job", isFrozen: false, throttledMs: 3, oomKills: 4 });
});

Deno.test("readControlGroup() tells nothing, when the group is not below what is mounted or leads out of it", () => {
  const files = filesOf({ "/cg/memory/memory.oom_control": "oom_kill 4\n" });
  for (const path of ["/other", "/boxes", "/box/../../etc"]) {
    const state = readControlGroup(
      files,
      parseControlGroupMounts(V1),
      parseControlGroupPaths(`4:memory:${path}\n`),
    );
    assertEquals(state.oomKills, undefined);
  }
});

Deno.test("createControlGroupRecorder() tells what grew between its snapshots, once for each group", () => {
  const texts: Record<string, string> = {
    "/proc/self/mountinfo": V2,
    "/proc/7/cgroup": "0::/a\n",
    "/proc/8/cgroup": "0::/a\n",
    "/sys/fs/cgroup/a/cpu.stat": "throttled_usec 1000000\n",
    "/sys/fs/cgroup/a/memory.events": "oom_kill 2\n",
  };
  const recorder = createControlGroupRecorder(filesOf(texts));
  recorder.takeSnapshot([7, 8, 9]);
  texts["/sys/fs/cgroup/a/cpu.stat"] = "throttled_usec 1700000\n";
  texts["/sys/fs/cgroup/a/memory.events"] = "oom_kill 3\n";
  recorder.takeSnapshot([7, 8]);
  assertEquals(recorder.facts(), [{
    path: "/a",
    pids: [7, 8],
    isFrozen: false,
    throttledMs: 700,
    oomKills: 1,
  }]);
});
