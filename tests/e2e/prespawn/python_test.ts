import { ForkServer } from "../../../src/prespawn/fork_server.ts";
import { host } from "../../../src/runtime/host.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { compareStarts, type StartComparison } from "../../support/compare_starts.ts";
import {
  FORK_SERVER,
  PYTHON_DIFFERENCES,
  PYTHON_PROGRAMS,
  pythonJob,
  pythonStart,
  testPython,
} from "../../support/python_starts.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

/** A program of the fixtures, and what it needs. */
interface Program extends Pick<StartComparison, "act"> {
  readonly file: string;
  readonly args?: readonly string[];
  readonly options?: readonly string[];
  /** What every start of it says; so a program that is broken both ways is seen. */
  readonly says: string;
}

const PROGRAMS: readonly Program[] = [
  { file: "arguments.py", args: ["a b", "--flag", "", "ä", "-m"], says: "'a b', '--flag', '', 'ä', '-m'" },
  { file: "main_module.py", says: "__main__ " },
  { file: "docstring.py", says: "The text at the top." },
  { file: "search_path.py", says: "warm/python'" },
  { file: "search_path.py", options: ["-I"], says: "zip" },
  { file: "place.py", says: "True 0" },
  { file: "environment.py", says: "with = and \\n line feed" },
  { file: "standard_streams.py", says: "'' True True True\nTrue True" },
  { file: "standard_streams.py", options: ["-u"], says: "'' True True True\nTrue True" },
  { file: "asks.py", says: "EOFError" },
  { file: "exits_with_number.py", says: "before" },
  { file: "exits_with_text.py", says: "that is why" },
  { file: "exits_with_nothing.py", says: "before" },
  { file: "exits_at_once.py", says: "kept" },
  { file: "exits_in_thread.py", says: "goes on MainThread 1" },
  { file: "raises.py", says: "The above exception was the direct cause" },
  { file: "raises_own_class.py", says: "Odd: <exception str() failed>" },
  { file: "syntax_error.py", says: "if True\n" },
  { file: "tab_error.py", says: "TabError" },
  { file: "bad_bytes.py", says: "Non-UTF-8" },
  { file: "says_what_it_is.py", says: "é is told" },
  { file: "byte_order_mark.py", says: "ValueError: é" },
  { file: "keyboard_interrupt.py", says: "KeyboardInterrupt\nat the end" },
  { file: "kills_itself.py", says: "kept" },
  { file: "crashes.py", says: "Segmentation fault" },
  { file: "aborts.py", says: "" },
  { file: "signals.py", says: "default_int_handler" },
  { file: "blocked_signals.py", says: "SigBlk" },
  { file: "catches_signal.py", says: "<module> None" },
  { file: "at_the_end.py", says: "second registered\nfirst registered" },
  { file: "raises_at_the_end.py", says: "later still" },
  { file: "order.py", says: "eight" },
  { file: "closes_output.py", says: "Bad file descriptor" },
  { file: "closes_all.py", says: "before" },
  { file: "broken_output.py", says: "BrokenPipeError" },
  { file: "time_zone.py", says: "05:30" },
  { file: "modules.py", says: "tempfile" },
  { file: "extension_modules.py", says: "42" },
  { file: "warns.py", says: "told with its line" },
  { file: "frames.py", says: "None <module>" },
  { file: "tells_stack.py", says: "in <module>" },
  { file: "traces.py", says: "traces.py traced" },
  { file: "random_numbers.py", says: "None 0.13436424411240122" },
  { file: "temporary_files.py", says: "/of the job 3" },
  { file: "descriptors.py", says: " 3\n" },
  { file: "spawns_processes.py", says: "forkserver [(1, '__mp_main__'" },
  { file: "forks.py", says: "parent 4" },
  { file: "starts_python.py", says: "returncode=3" },
  { file: "runs_loop.py", says: "ZeroDivisionError" },
  { file: "pickles.py", says: "Point(x=1, next=Point(x=2, next=None)) True" },
  { file: "collects.py", says: "False" },
  { file: "logs.py", says: "ERROR:x:told" },
  { file: "hooks.py", says: "hook <class 'ValueError'>" },
  { file: "imports_neighbour.py", says: "neighbour" },
  { file: "tests_itself.py", says: "FAILED (failures=1, errors=1)" },
  { file: "runs_doctests.py", says: "Expected:\n    3" },
  { file: "names_main_twice.py", says: "second" },
  { file: "uses_future.py", says: "'value': 'undefined_name'" },
  { file: "code_of_main.py", says: "True" },
  { file: "with ünïcode 'name'.py", says: "ZeroDivisionError" },
  { file: "link.py", says: "beside" },
  { file: "./raises.py", says: "nothing found" },
  { file: "folder", args: ["x"], says: "ValueError" },
  { file: "missing.py", says: "No such file or directory" },
  { file: "hiding/hides_module.py", says: "3 " },
  {
    file: "waits_for_signal.py",
    says: "waiting",
    act: async (pid, logPath) => {
      await waitUntil("it waits", () => host.files.readText(logPath)?.includes("waiting"));
      host.kill(pid, "SIGINT");
    },
  },
];

const PRELOADS = ["json", "random", "tempfile", "logging", "multiprocessing"];
const python = testPython();
const START_ENV = {
  PATH: "/usr/local/bin:/usr/bin:/bin",
  HOME: "/nonexistent",
  TZ: "UTC",
  OLD: "gone at the job",
  PYTHONHASHSEED: "0",
};

/** Runs a program cold, in a runner and in a fork. */
async function compare(program: Program, directory: string): Promise<void> {
  const { file, args, options = [], says, act } = program;
  const { OLD: _, ...rest } = START_ENV;
  const temp = `${directory}/of the job`;
  const env = { ...rest, TZ: "Asia/Kolkata", TMPDIR: temp, GIVEN: "with = and \n line feed" };
  const comparison: StartComparison = {
    cold: [python!, ...options, file, ...args ?? []],
    start: pythonStart({ python: python!, env: START_ENV, cwd: "/", preloads: PRELOADS, options }),
    job: pythonJob(file, { args, env, cwd: PYTHON_PROGRAMS }),
    normalise: PYTHON_DIFFERENCES,
    act,
  };
  const forks = options.length > 0 ? undefined : server(directory);
  const { cold, warm, forked } = await compareStarts({ ...comparison, forks });
  assertEquals(warm, cold);
  assertEquals(forked, forks && cold);
  assert(cold.output.includes(says), `${file} says ${cold.output}`);
}

let forkServer: ForkServer | undefined;

function server(directory: string): ForkServer {
  const start = pythonStart({ python: python!, env: START_ENV, cwd: "/", preloads: PRELOADS });
  return forkServer ??= new ForkServer({ start, serverFile: FORK_SERVER, directory }, host);
}

Deno.test({
  name: "the runner and the fork server of Python run a program as a cold start does",
  ignore: python === undefined,
  async fn(t) {
    await withTempDir(async (directory) => {
      await Deno.mkdir(`${directory}/of the job`);
      try {
        for (const program of PROGRAMS) {
          const { file, options = [] } = program;
          await t.step([...options, file].join(" "), () => compare(program, directory));
        }
      } finally {
        await forkServer?.stop();
      }
    });
  },
});
