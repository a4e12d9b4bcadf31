import { renderTasks } from "../../../src/hooks/sample/render_tasks.ts";
import type { SampleTask } from "../../../src/sample_document.ts";
import { assert, assertEquals } from "../../support/assert.ts";

function task(id: number, rest: Partial<SampleTask> = {}): SampleTask {
  return {
    kind: "task",
    id: String(id),
    name: `Task-${id}`,
    state: "waiting",
    count: 1,
    frames: [],
    ...rest,
  };
}

Deno.test("renderTasks() gives one line to those in the same place, when what they wait for differs in numbers only", () => {
  const frames = [{ function: "get", file: "/lib/queues.py", line: 158 }, {
    function: "worker",
    file: "pool.py",
    line: 7,
  }];
  const pool = [2, 3, 4, 5].map((id) => task(id, { frames, waitsFor: `an asyncio.Queue at 0x${id}` }));
  assertEquals(renderTasks([task(1, { waitsFor: "Task-2" }), ...pool], "CPython 3.12.1"), [
    "tasks (CPython 3.12.1): 5 in 2 places",
    "  Task-1: waiting, waits for Task-2",
    "  4 × Task-2, Task-3, Task-4, …: waiting, waits for an asyncio.Queue at 0x2",
    "      at get (queues.py:158) ← worker (pool.py:7)",
  ]);
});

Deno.test("renderTasks() has a heading for each kind, and counts those that were folded before", () => {
  const goroutine = task(1, {
    kind: "goroutine",
    name: "main.main",
    state: "chan receive, 3 minutes",
    count: 40,
  });
  assertEquals(
    renderTasks([goroutine, task(2, { kind: "worker", name: "w.js", state: "busy" })], undefined),
    [
      "goroutines: 40 in 1 place",
      "  40 × main.main, …: chan receive, 3 minutes",
      "workers: 1",
      "  w.js: busy",
    ],
  );
});

Deno.test("renderTasks() stays short, when there are thousands of places", () => {
  const many = Array.from({ length: 5000 }, (_, id) => task(id, { frames: [{ function: `f${id}` }] }));
  const lines = renderTasks(many, undefined);
  assert(lines.length < 40);
  assertEquals(lines.at(-1), "  … and 4984 more places, all of them in the .sample.json");
});
