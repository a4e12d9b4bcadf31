import { readPythonStacks } from "../../../src/hooks/collectors/python/read_python_stacks.ts";
import { host } from "../../../src/runtime/host.ts";
import type { Frame } from "../../../src/sample_document.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { installedPythons } from "../../support/pythons.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { withPythonProgram } from "../../support/with_python_program.ts";
import { stateOf, withWaitingProgram } from "../../support/with_waiting_program.ts";

/** What `parked_threads.py` prints: function, file and line of each frame, by thread number. */
interface OwnReport {
  readonly pid: number;
  readonly stacks: Readonly<Record<string, readonly (readonly [string, string, number])[]>>;
}

/** Enough for the largest of these programs on a loaded machine. */
const BUDGET_MS = 2000;
const LOOKS_AT_STORM = 40;

const pythons = installedPythons();
const known = pythons.filter(({ version: [major, minor] }) => major === 3 && minor >= 8 && minor <= 14);
const unknown = pythons.filter((python) => !known.includes(python));
const isX86Linux = host.os === "linux" && host.arch === "x86_64";

const asOwn = (frames: readonly Frame[]) => frames.map((frame) => [frame.function, frame.file, frame.line]);

for (const { path, version } of known) {
  const label = `${version.join(".")} (${path})`;
  for (
    const [what, args] of [
      ["every thread", []],
      ["a forked child", ["fork"]],
      ["traced threads", ["traced"]],
    ] as const
  ) {
    Deno.test({
      name: `readPythonStacks() finds what Python itself says of ${what}, in Python ${label}`,
      ignore: !isX86Linux,
      fn: () =>
        withPythonProgram(path, ["parked_threads.py", ...args], ({ line }) => {
          const { pid, stacks } = JSON.parse(line) as OwnReport;
          const reading = readPythonStacks(host.files, pid, BUDGET_MS);
          assert(reading.kind === "read", JSON.stringify(reading));
          assertEquals(reading.unreadCount, 0);
          assert(Object.keys(stacks).length > 0);
          for (const [tid, expected] of Object.entries(stacks)) {
            const thread = reading.threads.find((thread) => thread.tid === Number(tid));
            assertEquals<unknown>(asOwn(thread?.frames ?? []), expected);
            assertEquals(thread?.isWhole, true);
          }
          const spinning = Object.keys(stacks).filter((tid) => stacks[tid]![0]![0] === "spin").map(Number);
          for (const tid of reading.gilHolderTids) assert(spinning.includes(tid));
          assert("RS".includes(stateOf(pid)));
        }),
    });
  }

  Deno.test({
    name: `readPythonStacks() tells one stack of a thread in two interpreters, in Python ${label}`,
    ignore: !isX86Linux,
    fn: () =>
      withPythonProgram(path, ["two_interpreters.py"], async ({ pid }) => {
        const functions = () => {
          const reading = readPythonStacks(host.files, pid, BUDGET_MS);
          if (reading.kind !== "read" || reading.threads.length !== 1) return [];
          return reading.threads[0]!.frames.map((frame) => frame.function.split(".").at(-1));
        };
        await waitUntil("the inner interpreter runs", () => functions()[0] === "inner");
        const names = functions().filter((name) => name !== "exec");
        assertEquals<unknown>(names, ["inner", "<module>", "inside", "<module>"]);
      }),
  });

  Deno.test({
    name: `readPythonStacks() tells nothing wrong of a thread that calls all the time, in Python ${label}`,
    ignore: !isX86Linux,
    fn: () =>
      withPythonProgram(path, ["call_storm.py"], ({ pid }) => {
        let seenStorm = 0;
        for (let look = 0; look < LOOKS_AT_STORM; look++) {
          const reading = readPythonStacks(host.files, pid, BUDGET_MS);
          assert(reading.kind === "read", JSON.stringify(reading));
          const frames = (reading.threads[0]?.frames ?? []).toReversed();
          for (const [depth, frame] of frames.entries()) {
            assert(mayCall(frames[depth - 1]?.function, frame.function), JSON.stringify(asOwn(frames)));
          }
          if (frames[2]?.function === "storm") seenStorm++;
        }
        assert(seenStorm > 0);
        assertEquals(host.kill(pid, undefined), "sent");
      }),
  });
}

for (const { path, version } of unknown) {
  Deno.test({
    name: `readPythonStacks() refuses Python ${version.join(".")} (${path})`,
    ignore: !isX86Linux,
    fn: () =>
      withWaitingProgram([path, "-c", "import time; time.sleep(600)"], (pid) => {
        const reading = readPythonStacks(host.files, pid, BUDGET_MS);
        assert(reading.kind === "refused", JSON.stringify(reading));
        assert(reading.reason.startsWith(`CPython ${version.join(".")} `), reading.reason);
        return Promise.resolve();
      }),
  });
}

Deno.test({
  name: "readPythonStacks() finds nothing in a program that is not Python, and in none",
  ignore: host.os !== "linux",
  fn: () =>
    withWaitingProgram(["sleep", "600"], (pid) => {
      assertEquals(readPythonStacks(host.files, pid, BUDGET_MS).kind, "none");
      assertEquals(readPythonStacks(host.files, 2 ** 22 + 1, BUDGET_MS).kind, "none");
      return Promise.resolve();
    }),
});

/** Whether the source of `call_storm.py` has one call the other. */
function mayCall(caller: string | undefined, called: string): boolean {
  const calls: Readonly<Record<string, readonly string[]>> = {
    "<module>": ["outer"],
    outer: ["storm"],
    storm: ["recurse", "count", "Point.__init__", "__init__", "tiny", "fails"],
    recurse: ["recurse"],
    "Point.__init__": ["tiny"],
    "__init__": ["tiny"],
  };
  return caller === undefined ? called === "<module>" : calls[caller]?.includes(called) === true;
}
