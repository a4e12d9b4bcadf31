import { host } from "../../../src/runtime/host.ts";
import { MemoryWatch } from "../../../src/suite/memory_watch.ts";
import { assertEquals } from "../../support/assert.ts";

const KILLED = { kind: "signalled", signal: "SIGKILL" } as const;

function watch(texts: Record<string, string>): MemoryWatch {
  return new MemoryWatch({ ...host.files, readText: (path) => texts[path] });
}

Deno.test("MemoryWatch explains as many killed attempts as kills were counted", () => {
  const path = "/sys/fs/cgroup/ci/job/memory.events";
  const texts = {
    "/proc/self/cgroup": "0::/ci/job\n",
    [path]: "oom 1\noom_kill 1\n",
    "/proc/vmstat": "oom_kill 9\n",
  };
  const memory = watch(texts);
  assertEquals(memory.explains(KILLED), false);
  texts[path] = "oom 3\noom_kill 3\n";
  assertEquals(memory.explains({ kind: "exited", code: 1 }), false);
  assertEquals([KILLED, KILLED, KILLED].map((outcome) => memory.explains(outcome)), [true, true, false]);
});

Deno.test("MemoryWatch counts those of the machine, when there is no control group", () => {
  const texts = { "/proc/vmstat": "nr_free_pages 1\noom_kill 4\n" };
  const memory = watch(texts);
  texts["/proc/vmstat"] = "nr_free_pages 1\noom_kill 5\n";
  assertEquals(memory.explains({ kind: "exited", code: 137 }), true);
});
