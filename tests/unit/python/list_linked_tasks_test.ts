import { listLinkedTasks } from "../../../src/hooks/collectors/python/list_linked_tasks.ts";
import { PYTHON_TABLES } from "../../../src/hooks/collectors/python/python_tables.ts";
import { assertEquals } from "../../support/assert.ts";
import { type FakeMemory } from "../../support/fake_memory.ts";
import { fakePython } from "../../support/fake_python.ts";

const THREAD = 0x100000;
const INTERPRETER = 0x200000;
const TASKS = 0x300000;
const TASK_BYTES = 256;
const OFFSETS = {
  task: { byteLength: 168, name: 136, coroutine: 128, node: 152 },
  interpreterHead: 64,
  thread: { head: 880, running: 872 },
};

const taskAt = (index: number): number => TASKS + index * TASK_BYTES;

/** Hangs tasks into a ring. */
function link(memory: FakeMemory, head: number, tasks: readonly number[]): void {
  const nodes = [head, ...tasks.map((task) => task + OFFSETS.task.node)];
  for (const [index, node] of nodes.entries()) {
    const next = nodes[(index + 1) % nodes.length]!;
    memory.writeWord(node, next);
    memory.writeWord(next + 8, node);
  }
}

/** A thread and an interpreter with so many tasks. */
function fake(ofThread: number, ofInterpreter: number) {
  const { image, memory } = fakePython(PYTHON_TABLES["3.12"]!);
  memory.map(THREAD, 1024);
  memory.map(INTERPRETER, 128);
  memory.map(TASKS, (ofThread + ofInterpreter + 1) * TASK_BYTES);
  const tasks = Array.from({ length: ofThread + ofInterpreter }, (_, index) => taskAt(index));
  link(memory, THREAD + OFFSETS.thread.head, tasks.slice(0, ofThread));
  link(memory, INTERPRETER + OFFSETS.interpreterHead, tasks.slice(ofThread));
  const list = (isOver = false) =>
    listLinkedTasks(image, OFFSETS, {
      interpreters: [INTERPRETER],
      threads: [{ address: THREAD, tid: 1 }],
      isOver: () => isOver,
    });
  return { memory, list };
}

Deno.test("listLinkedTasks() lists the tasks of threads and interpreters, and which run", () => {
  const { memory, list } = fake(2, 1);
  memory.writeWord(THREAD + OFFSETS.thread.running, taskAt(1));
  assertEquals<unknown>(list(), {
    members: [0, 1, 2].map((index) => ({ address: taskAt(index), isWeak: false })),
    count: 3,
    isWhole: true,
    current: new Set([taskAt(1)]),
  });
  assertEquals(fake(0, 0).list()?.members, []);
});

Deno.test("listLinkedTasks() says that there are more when time is up, and always lists some", () => {
  const some = fake(100, 3).list(true);
  assertEquals([some?.members.length, some?.isWhole], [64, false]);
  const few = fake(3, 3).list(true);
  assertEquals([few?.members.length, few?.isWhole], [6, true]);
});

Deno.test("listLinkedTasks() goes on with what is certain of a list that is torn, and never goes round", () => {
  const { memory, list } = fake(3, 0);
  memory.writeWord(taskAt(2) + OFFSETS.task.node, taskAt(0) + OFFSETS.task.node);
  const torn = list();
  assertEquals([torn?.members.length, torn?.isWhole], [3, false]);
  memory.writeWord(THREAD + OFFSETS.thread.head, 0x123450);
  assertEquals(list(), undefined);
});
