import type { Goroutine } from "../../../src/hooks/collectors/go/goroutine.ts";
import { describeGoWait } from "../../../src/hooks/collectors/go/describe_go_wait.ts";
import { toGoTasks } from "../../../src/hooks/collectors/go/to_go_tasks.ts";
import { assert, assertEquals } from "../../support/assert.ts";

function goroutine(id: number, state: string, ...functions: string[]): Goroutine {
  return { id, state, frames: functions.map((name) => ({ function: name, file: "/srv/a.go", line: 3 })) };
}

function words(state: string, ...functions: string[]): string | undefined {
  return describeGoWait(state, functions.map((name) => ({ function: name })));
}

Deno.test("toGoTasks() folds those in the same place, however long they wait, but never the main one", () => {
  const tasks = toGoTasks([
    goroutine(9, "chan receive, 4 minutes", "main.work"),
    goroutine(8, "chan receive", "main.work"),
    goroutine(1, "chan receive", "main.work"),
    goroutine(7, "select", "main.work"),
  ]);
  assertEquals(tasks.map(({ id, name, state, count }) => [id, name, state, count]), [
    ["1", "main", "chan receive", 1],
    ["7", "main.work", "select", 1],
    ["8", "main.work", "chan receive", 2],
  ]);
});

Deno.test("toGoTasks() keeps the main one and the most numerous, when there are too many places", () => {
  const many = Array.from({ length: 2000 }, (_, index) => goroutine(index + 1, "select", `main.f${index}`));
  const crowd = [3001, 3002].map((id) => goroutine(id, "select", "main.crowd"));
  const tasks = toGoTasks([...many, ...crowd]);
  assertEquals(tasks.length, 500);
  assertEquals(tasks[0]?.name, "main");
  assert(tasks.some(({ name, count }) => name === "main.crowd" && count === 2));
});

Deno.test("describeGoWait() tells what older runtimes call a semaphore by the call on the stack", () => {
  const mutex = ["sync.runtime_SemacquireMutex", "sync.(*Mutex).lockSlow", "sync.(*Mutex).Lock", "main.main"];
  assertEquals(words("semacquire, 5 minutes", ...mutex), "a sync.Mutex");
  assertEquals(words("semacquire", "sync.(*Mutex).Lock", "sync.(*RWMutex).Lock"), "a sync.RWMutex");
  assertEquals(words("semacquire", "sync.runtime_Semacquire", "sync.(*WaitGroup).Wait"), "a sync.WaitGroup");
  assertEquals(words("semacquire"), "a semaphore");
});

Deno.test("describeGoWait() tells of input and output what is awaited, and nothing of what runs", () => {
  assertEquals(words("IO wait", "internal/poll.(*FD).Accept", "net.(*netFD).accept"), "somebody to connect");
  assertEquals(words("IO wait", "internal/poll.(*FD).Read", "net.(*conn).Read"), "something to read");
  assertEquals(
    words("syscall, 2 minutes", "syscall.wait4", "os.(*Process).wait"),
    "the end of a child process",
  );
  assertEquals(words("syscall", "main.cgo"), undefined);
  assertEquals(words("running"), undefined);
  assertEquals(words("toString"), undefined);
});
