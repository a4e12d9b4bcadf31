import { type AwaitPlace, describeAwait } from "../../../src/hooks/collectors/python/describe_await.ts";
import { assertEquals } from "../../support/assert.ts";

const LIBRARY = "/usr/lib/python3.11/asyncio";
const MAIN = { function: "main", file: "app.py", line: 3 };
const PLAIN = { kind: "plain", type: "_asyncio.Future", taskNames: [], taskCount: 0 } as const;

function inLibrary(file: string, name: string): AwaitPlace["frames"][number] {
  return { function: name, file: `${LIBRARY}/${file}.py`, line: 1 };
}

Deno.test("describeAwait() names the object whose method waits, where the program has a name for it", () => {
  const frames = [inLibrary("locks", "Event.wait"), MAIN];
  assertEquals(describeAwait({ frames, future: PLAIN }), "an asyncio.Event");
  assertEquals(
    describeAwait({ frames, future: PLAIN, objectName: "self.full" }),
    "the asyncio.Event self.full",
  );
});

Deno.test("describeAwait() takes the function that the program called, when that calls others of asyncio", () => {
  const reading = [
    inLibrary("streams", "StreamReader._wait_for_data"),
    inLibrary("streams", "StreamReader.readline"),
  ];
  assertEquals(
    describeAwait({ frames: [...reading, MAIN], future: PLAIN }),
    "data from an asyncio.StreamReader",
  );
  const limited = [inLibrary("queues", "Queue.get"), inLibrary("tasks", "wait_for"), MAIN];
  assertEquals(describeAwait({ frames: limited, future: PLAIN }), "an entry in an asyncio.Queue");
});

Deno.test("describeAwait() does not take a function of the program for one of asyncio with the same name", () => {
  const frames = [{ function: "Event.wait", file: "/srv/app/events.py", line: 7 }, MAIN];
  assertEquals(describeAwait({ frames, future: PLAIN }), "an asyncio.Future that nothing has set yet");
});

Deno.test("describeAwait() says how long is slept, and for which child is waited, where that is known", () => {
  const sleeping = [inLibrary("tasks", "sleep"), MAIN];
  assertEquals(describeAwait({ frames: sleeping, future: PLAIN, delaySeconds: 0.5 }), "asyncio.sleep(0.5)");
  assertEquals(describeAwait({ frames: sleeping, future: PLAIN }), "asyncio.sleep");
  const waiting = [
    inLibrary("base_subprocess", "BaseSubprocessTransport._wait"),
    inLibrary("subprocess", "Process.wait"),
  ];
  assertEquals(
    describeAwait({ frames: [...waiting, MAIN], future: PLAIN, childPid: 41 }),
    "the end of child process 41",
  );
  assertEquals(describeAwait({ frames: [...waiting, MAIN], future: PLAIN }), "the end of a child process");
});

Deno.test("describeAwait() lists the tasks that a future is about, the first three by name", () => {
  const several = (taskNames: readonly string[], taskCount: number): string | undefined =>
    describeAwait({
      frames: [MAIN],
      future: { kind: "several", type: "_GatheringFuture", taskNames, taskCount },
    });
  assertEquals(several(["a"], 1), "a");
  assertEquals(several(["a", "b"], 2), "a and b");
  assertEquals(several(["a", "b", "c", "d"], 4), "a, b, c and 1 more task");
  assertEquals(several(["a", "b", "c", "d"], 900), "a, b, c and 897 more tasks");
  const task = { kind: "task", type: "_asyncio.Task", taskNames: ["fetch"], taskCount: 1 } as const;
  assertEquals(describeAwait({ frames: [MAIN], future: task }), "fetch");
});

Deno.test("describeAwait() says the type of a future that the program made itself, and nothing without a future", () => {
  assertEquals(
    describeAwait({ frames: [MAIN], future: { ...PLAIN, type: "drivers.Answer" } }),
    "a drivers.Answer that nothing has set yet",
  );
  assertEquals(
    describeAwait({ frames: [MAIN], future: { ...PLAIN, kind: "thread" } }),
    "a call in another thread",
  );
  assertEquals(describeAwait({ frames: [MAIN] }), undefined);
});
