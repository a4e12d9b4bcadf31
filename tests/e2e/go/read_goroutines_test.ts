import { parseGoroutineDump } from "../../../src/hooks/collectors/go/parse_goroutine_dump.ts";
import type { Goroutine } from "../../../src/hooks/collectors/go/goroutine.ts";
import { readGoroutines } from "../../../src/hooks/collectors/go/read_goroutines.ts";
import { toGoTasks } from "../../../src/hooks/collectors/go/to_go_tasks.ts";
import { host } from "../../../src/runtime/host.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { IGNORE_GO, withGoPrograms } from "../../support/with_go_programs.ts";

const BUDGET_MS = 60_000;
/** One for each place that the fixture waits in, five of them together in one. */
const GOROUTINES = 17;

/** Starts a program with input that nobody writes and runs a test beside it when its goroutines wait. */
async function withProgram(
  program: string,
  test: (pid: number, quit: () => Promise<string>) => Promise<void>,
): Promise<void> {
  const child = new Deno.Command(program, { stdin: "piped", stdout: "piped", stderr: "piped" }).spawn();
  const errors = new Response(child.stderr).text();
  const reader = child.stdout.getReader();
  try {
    await reader.read();
    await waitUntil("all goroutines wait", () => {
      const reading = readGoroutines(host.files, child.pid, BUDGET_MS);
      return reading.kind === "read" && reading.goroutines.length === GOROUTINES &&
        reading.goroutines.every(({ state, frames }) => !/^run/.test(state) && frames.length > 0);
    });
    await test(child.pid, () => {
      child.kill("SIGQUIT");
      return errors;
    });
  } finally {
    host.kill(child.pid, "SIGKILL");
    await child.status;
    await Promise.all([reader.cancel(), child.stdin.close().catch(() => {}), errors]);
  }
}

/** What both ways of looking tell: which thread runs a goroutine is not printed. */
function comparable(goroutines: readonly Goroutine[]): unknown {
  return goroutines.map(({ id, state, frames }) => ({ id, state, frames }));
}

Deno.test({
  name: "readGoroutines() sees in a process what its own runtime prints of it, with and without symbols",
  ignore: IGNORE_GO,
  fn: () =>
    withGoPrograms({ plain: [], stripped: ["-ldflags=-s -w"] }, async (folder) => {
      for (const name of ["plain", "stripped"]) {
        await withProgram(`${folder}/${name}`, async (pid, quit) => {
          const reading = readGoroutines(host.files, pid, BUDGET_MS);
          assert(reading.kind === "read");
          const { version, goroutines, unreadCount } = reading;
          assert(/^1\.\d+/.test(version ?? ""), version);
          assertEquals(unreadCount, 0);
          assertEquals(comparable(goroutines), comparable(parseGoroutineDump(await quit())));
        });
      }
      await withProgram(`${folder}/plain`, (pid) => {
        const reading = readGoroutines(host.files, pid, BUDGET_MS);
        assert(reading.kind === "read");
        checkTasks(reading.goroutines);
        const reader = reading.goroutines.find(({ state }) => state === "syscall");
        assert(reader?.tid !== undefined && host.files.stat(`/proc/${pid}/task/${reader.tid}`) !== undefined);
        return Promise.resolve();
      });
    }),
});

function checkTasks(goroutines: readonly Goroutine[]): void {
  const tasks = toGoTasks(goroutines);
  const [main] = tasks;
  assertEquals([main?.id, main?.name, main?.count, main?.waitsFor], ["1", "main", 1, "a sync.WaitGroup"]);
  const worker = tasks.find(({ frames }) => frames.some((frame) => frame.function === "main.worker"));
  assertEquals([worker?.count, worker?.state, worker?.waitsFor], [5, "chan receive", "a value on a channel"]);
  assertEquals(worker?.frames.slice(0, 2).map(({ function: name, line }) => [name, line]), [
    ["main.(*box).take", 20],
    ["main.worker", 24],
  ]);
  const waits = new Set(tasks.map(({ waitsFor }) => waitsFor));
  const expected = [
    "a sync.Mutex",
    "a sync.RWMutex",
    "a sync.Cond",
    "somebody to take a value from a nil channel, which nobody can",
    "one of the cases of a select",
    "somebody to connect",
    "something to read",
    "the end of a sleep",
  ];
  for (const words of expected) assert(waits.has(words), `${words} is not among ${[...waits].join(", ")}`);
}
