import { readPythonStacks } from "../../../src/hooks/collectors/python/read_python_stacks.ts";
import type { TasksReading } from "../../../src/hooks/collectors/python/read_tasks.ts";
import type { TaskFacts } from "../../../src/hooks/language_facts.ts";
import { host } from "../../../src/runtime/host.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { installedPythons } from "../../support/pythons.ts";
import { withPythonProgram } from "../../support/with_python_program.ts";
import { withWaitingProgram } from "../../support/with_waiting_program.ts";

/** What `pending_tasks.py` prints: the chain of awaits of each task, innermost first. */
interface OwnReport {
  readonly pid: number;
  /** The process that one of the tasks waits for. */
  readonly child: number;
  readonly tasks: Readonly<Record<string, readonly (readonly [string, string, number])[]>>;
}

/** Enough for all of these programs on a loaded machine. */
const BUDGET_MS = 2000;
const MANY = 10_000;
const LOOKS_AT_STORM = 40;
/** What the tasks of the program wait for, by the names of their functions. */
const WAITS: Readonly<Record<string, string>> = {
  "Task-1": "the asyncio.Event board.done",
  in_event: "the asyncio.Event board.done",
  holder: "the asyncio.Event board.done",
  in_lock: "the asyncio.Lock board.lock, held by holder",
  in_condition: "the asyncio.Condition board.changed",
  in_get: "an entry in the asyncio.Queue board.jobs",
  in_put: "room in the asyncio.Queue board.full",
  in_semaphore: "the asyncio.Semaphore board.slots",
  in_sleep: "asyncio.sleep(4321)",
  in_future: "an asyncio.Future that nothing has set yet",
  in_thread: "a call in another thread",
  in_task: "in_event",
  in_gather: "in_get and in_put",
  in_wait: "in_event",
  in_wait_for: "in_sleep",
  in_async_for: "the asyncio.Event board.done",
  in_generator: "the asyncio.Event board.done",
  in_awaitable: "the asyncio.Event board.done",
  in_recursion: "the asyncio.Event board.done",
  in_inner: "the asyncio.Event board.done",
};
const AWAITED: Readonly<Record<string, readonly string[]>> = {
  in_lock: ["holder"],
  in_task: ["in_event"],
  in_gather: ["in_get", "in_put"],
  in_wait: ["in_event"],
  in_wait_for: ["in_sleep"],
};

const isX86Linux = host.os === "linux" && host.arch === "x86_64";
const known = installedPythons().filter(({ version: [major, minor] }) =>
  major === 3 && minor >= 8 && minor <= 14
);

function tasksOf(pid: number, budgetMs = BUDGET_MS): TasksReading | undefined {
  const reading = readPythonStacks(host.files, pid, budgetMs);
  assert(reading.kind === "read", JSON.stringify(reading));
  return reading.tasks;
}

const asOwn = ({ frames }: TaskFacts) => frames.map((frame) => [frame.function, frame.file, frame.line]);

for (const { path, version } of known) {
  const label = `${version.join(".")} (${path})`;
  Deno.test({
    name: `readTasks() finds what Python itself says of every pending task, in Python ${label}`,
    ignore: !isX86Linux,
    fn: () =>
      withPythonProgram(path, ["pending_tasks.py"], ({ line }) => {
        const own = JSON.parse(line) as OwnReport;
        const { tasks, notes } = tasksOf(own.pid) ?? { tasks: [], notes: [] };
        assertEquals<unknown>(notes, []);
        assertEquals(tasks[0]?.name, "Task-1");
        assertEquals(tasks.map(({ name }) => name).sort(), Object.keys(own.tasks).sort());
        const waits: Readonly<Record<string, string>> = {
          ...WAITS,
          in_child: `the end of child process ${own.child}`,
        };
        const nameOf = new Map(tasks.map(({ id, name }) => [id, name]));
        for (const task of tasks) {
          assertEquals<unknown>(asOwn(task), own.tasks[task.name]);
          assertEquals<unknown>([task.name, task.waitsFor], [task.name, waits[task.name]]);
          assertEquals<unknown>([task.state, task.count, task.tid], ["waiting", 1, own.pid]);
          const awaited = task.onIds?.map((id) => nameOf.get(id)).sort();
          assertEquals<unknown>([task.name, awaited], [task.name, AWAITED[task.name]]);
        }
      }),
  });
}

/** Which functions of `task_storm.py` await which, by their last names. */
const MAY_AWAIT: Readonly<Record<string, readonly string[]>> = {
  main: ["wait"],
  consume: ["middle"],
  middle: ["middle", "leaf"],
  leaf: ["__aenter__", "__aexit__", "sleep", "get"],
  __aenter__: ["acquire"],
  sleep: ["__sleep0"],
  produce: ["put"],
  short: ["sleep"],
};

for (const { path, version } of known) {
  const label = `${version.join(".")} (${path})`;
  Deno.test({
    name: `readTasks() tells nothing wrong of tasks that move all the time, in Python ${label}`,
    ignore: !isX86Linux,
    fn: () =>
      withPythonProgram(path, ["task_storm.py"], ({ pid }) => {
        let seenMoving = 0;
        for (let look = 0; look < LOOKS_AT_STORM; look++) {
          for (const task of tasksOf(pid)?.tasks ?? []) {
            const names = task.frames.map((frame) => frame.function.split(".").at(-1)!);
            for (const [index, name] of names.slice(0, -1).entries()) {
              const caller = names[index + 1]!;
              assert(MAY_AWAIT[caller]?.includes(name), `${task.name}: ${names.join(" < ")}`);
            }
            if (task.name === "consume") seenMoving++;
            if (task.name === "Task-1") assertEquals(task.waitsFor, "an asyncio.Event");
          }
        }
        assert(seenMoving > 0);
        assertEquals(host.kill(pid, undefined), "sent");
      }),
  });
}

Deno.test({
  name:
    "readTasks() keeps to its time with very many tasks, tells the main one, and says how many it left out",
  ignore: !isX86Linux || known.length === 0,
  fn: () =>
    withPythonProgram(known[0]!.path, ["pending_tasks.py", "many", `${MANY}`], ({ pid }) => {
      // All time is up at once: what is always read is read.
      const { tasks, notes } = tasksOf(pid, 0) ?? { tasks: [], notes: [] };
      assertEquals(tasks[0]?.name, "Task-1");
      assert(tasks.length <= 20, `${tasks.length}`);
      const left = /^(\d+) of (\d+) tasks are left out/.exec(notes.at(-1) ?? "");
      assert(Number(left?.[1]) > MANY / 2 && Number(left?.[2]) > MANY, notes.join("; "));
      const whole = tasksOf(pid) ?? { tasks: [], notes: [] };
      const folded = whole.tasks.find(({ count }) => count > 1);
      assertEquals(folded?.waitsFor, "the asyncio.Event board.done");
      assert(folded?.frames[0]?.function === "Event.wait");
    }),
});

Deno.test({
  name: "readTasks() finds nothing in a program without asyncio",
  ignore: !isX86Linux || known.length === 0,
  fn: () =>
    withWaitingProgram([known[0]!.path, "-c", "import time; time.sleep(600)"], (pid) => {
      assertEquals(tasksOf(pid), undefined);
      return Promise.resolve();
    }),
});
