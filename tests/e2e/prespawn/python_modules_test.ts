import { ForkServer } from "../../../src/prespawn/fork_server.ts";
import { host } from "../../../src/runtime/host.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { compareStarts, type StartComparison } from "../../support/compare_starts.ts";
import {
  FORK_SERVER,
  PYTHON_DIFFERENCES,
  pythonJob,
  pythonStart,
  testPython,
} from "../../support/python_starts.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const PROGRAMS = new URL("../../fixtures/warm/python_modules", import.meta.url).pathname;

/** What one module is given. */
interface Program {
  readonly main: string;
  readonly args?: readonly string[];
  /** What every start of it says. */
  readonly says: string;
}

const UNITTEST: readonly Program[] = [
  { main: "unit_ends", says: "FAILED (failures=2, errors=1, skipped=1, expected failures=1)" },
  { main: "unit_ends", args: ["-v", "-k", "passes"], says: "test_passes" },
  { main: "unit_passes", says: "\nOK\n" },
  { main: "unit_empty", says: "Ran 0 tests" },
  { main: "unit_interrupts", says: "_run_module_as_main" },
  { main: "unit_exits", says: "at import" },
  { main: "unit_broken", says: "not_there" },
  { main: "not_there", says: "not_there" },
];

const PYTEST: readonly Program[] = [
  { main: "py_ends.py", says: "2 failed, 5 passed, 1 skipped, 1 xfailed, 1 error" },
  { main: "./py_ends.py", args: ["-k", "each", "-v"], says: "test_each[x] PASSED" },
  { main: "py_passes.py", args: ["-q", "--no-header"], says: "1 passed" },
  { main: "py_empty.py", says: "no tests ran" },
  { main: "py_broken.py", says: "SyntaxError" },
  { main: "with_conftest/py_uses_conftest.py", says: "assert 42 == 43" },
  { main: "not_there.py", says: "file or directory not found: not_there.py" },
];

const python = testPython();
const ENV = {
  PATH: "/usr/local/bin:/usr/bin:/bin",
  HOME: "/nonexistent",
  GIVEN: "1",
  // Whoever comes first would write the compiled files that the other reads.
  PYTHONDONTWRITEBYTECODE: "1",
};
const DIFFERENCES: StartComparison["normalise"] = [
  ...PYTHON_DIFFERENCES,
  [/=+ (.*) =+\n/g, "= $1 =\n"],
  [/pytest-of-\w+\/pytest-\d+/g, "<folder>"],
];

function has(module: string): boolean {
  if (python === undefined) return false;
  const { success } = new Deno.Command(python, { args: ["-c", `import ${module}`], stderr: "null" })
    .outputSync();
  return success;
}

function testModule(module: string, options: readonly string[], programs: readonly Program[]): void {
  Deno.test({
    name: `the runner and the fork server run python -m ${module} as a cold start does`,
    ignore: !has(module),
    async fn(t) {
      await withTempDir(async (directory) => {
        // Plugins write beside the tests.
        const cwd = `${directory}/programs`;
        await new Deno.Command("cp", { args: ["-r", PROGRAMS, cwd] }).output();
        const env = { ...ENV, TMPDIR: directory };
        const start = pythonStart({ python: python!, env: ENV, cwd, mode: ["-m", module] });
        await using forks = new ForkServer({ start, serverFile: FORK_SERVER, directory }, host);
        for (const { main, args = [], says } of programs) {
          await t.step([main, ...args].join(" "), async () => {
            const all = [...args, ...options];
            const { cold, warm, forked } = await compareStarts({
              cold: [python!, "-m", module, main, ...all],
              start,
              job: pythonJob(main, { args: all, env, cwd }),
              normalise: DIFFERENCES,
              forks,
            });
            assertEquals(warm, cold);
            assertEquals(forked, cold);
            assert(cold.output.includes(says), `${main} says ${cold.output}`);
          });
        }
      });
    },
  });
}

testModule("unittest", [], UNITTEST);
testModule("pytest", ["-p", "no:cacheprovider"], PYTEST);
