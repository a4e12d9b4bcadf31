import { createNativeStackSource } from "../../../src/hooks/collectors/native/native_stack_source.ts";
import { host } from "../../../src/runtime/host.ts";
import { assertEquals } from "../../support/assert.ts";
import { gatherStacks } from "../../support/gather_stacks.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { ownFrames } from "../../support/own_frames.ts";
import { withCProgram } from "../../support/with_c_program.ts";

const NEVER = new AbortController().signal;

/** A test that needs the compiler and the tool. */
function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, fn, ignore: !isOnPath("gcc") || !isOnPath("eu-stack") });
}

test("takeSnapshot() does not end a call that Linux never restarts, of which finish() shows the stack", () =>
  withCProgram("careless_epoll", {}, async (pid) => {
    const source = createNativeStackSource(host, { os: "linux" });
    const targets = [{ pid, command: [], threadCount: 1, busy: true }];
    for (let snapshot = 0; snapshot < 3; snapshot++) await source.takeSnapshot(targets, NEVER);
    const syscall = Deno.readTextFileSync(`/proc/${pid}/syscall`);
    assertEquals([source.stacks().size, syscall.split(" ").length], [0, 9]);
    await source.finish(targets, NEVER);
    const stacks = source.stacks().get(pid) ?? [];
    // It took EINTR for a failure and has ended, so that its file had to tell the line.
    assertEquals(stacks.flatMap(({ count, frames }) => [count, ...ownFrames(frames)]), [
      1,
      "main careless_epoll.c:5",
    ]);
  }));

test("stacks() has source lines of a program whose file was replaced while it runs", async () => {
  for (const flag of ["-pie", "-no-pie"]) {
    await withCProgram("two_locks", { flags: ["-g", flag], threadCount: 2 }, async (pid, program) => {
      await Deno.remove(program);
      const { stacks } = await gatherStacks([pid]);
      assertEquals(ownFrames(stacks[0]![0]!.frames).slice(0, 1), ["main two_locks.c:18"], flag);
    });
  }
});

test("takeSnapshot() finds the other threads, when the main thread has ended", () =>
  withCProgram("main_thread_ends", { threadCount: 2 }, async (pid) => {
    const { stacks, records } = await gatherStacks([pid]);
    assertEquals(stacks.map(([stack]) => ownFrames(stack!.frames)), [["survive main_thread_ends.c:6"]]);
    assertEquals(records[0]!.status, "ok");
  }));

test("takeSnapshot() looks once at an idle process whose runtime tells where it is, and again at a busy one", () =>
  withCProgram("two_locks", { threadCount: 2 }, async (pid) => {
    for (const busy of [false, true]) {
      const { stacks } = await gatherStacks([pid], { busy, isLanguageRead: () => true });
      assertEquals(stacks.map(([stack]) => stack!.count), busy ? [3, 3] : [1, 1]);
    }
  }));
