import { denoStart } from "../../../src/prespawn/deno_start.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { compareStarts, type StartComparison } from "../../support/compare_starts.ts";
import { waitUntil } from "../../support/wait_until.ts";

const CWD = new URL("../../fixtures/warm/deno_test", import.meta.url).pathname;
const RUNNER = new URL("../../../src/prespawn/runners/deno.mjs", import.meta.url).pathname;
const ENV = {
  ...Deno.env.toObject(),
  TZ: "Asia/Kathmandu",
  NO_COLOR: "1",
  OLD: "gone at the job",
};
/** The reporters tell how long each test took. */
const TIMES: StartComparison["normalise"] = [
  [/\((?:\d+m)?\d+(?:\.\d+)?(?:ms|µs|s)\)/g, "(<time>)"],
  [/time="[\d.]+"/g, 'time="<time>"'],
  [/timestamp="[^"]*"/g, 'timestamp="<time>"'],
];

/** A file of the fixtures, and what it needs. */
interface Program extends Pick<StartComparison, "act"> {
  readonly file: string;
  /** Beside `-A` and `--no-check`. */
  readonly flags?: readonly string[];
  /** In place of `-A` and `--no-check`. */
  readonly permissions?: readonly string[];
  readonly inspector?: boolean;
  /** After the file. */
  readonly args?: readonly string[];
  /** What every start of it says; so a file that is broken both ways is seen. */
  readonly says: string;
}

const PROGRAMS: readonly Program[] = [
  { file: "passes.ts", says: "ok | 1 passed | 0 failed" },
  { file: "fails.ts", inspector: true, says: "1 passed | 1 failed" },
  { file: "fails.ts", says: "fails => ./fails.ts:2:6" },
  { file: "main_module.ts", args: ["--", "a b", "-x"], says: '"a b", "-x"' },
  { file: "environment.ts", says: "with = and" },
  { file: "steps.ts", says: "outer ... fails => ./steps.ts" },
  { file: "steps_overlap.ts", says: "another test step with sanitizers was running" },
  { file: "ignores.ts", says: "2 ignored" },
  { file: "only.ts", says: 'the "only" option was used' },
  { file: "no_tests.ts", says: "running 0 tests from ./no_tests.ts" },
  { file: "throws_at_import.ts", says: "./throws_at_import.ts (uncaught error)" },
  { file: "rejects_at_import.ts", says: "(in promise) Error: awaited" },
  { file: "waits_at_import.ts", says: "never resolved" },
  { file: "rejects_unseen.ts", says: "nobody handles this" },
  { file: "throws_after_its_test.ts", says: "from an earlier test" },
  { file: "never_resolves.ts", says: "Promise resolution is still pending" },
  { file: "leaks.ts", says: "A timer was started in this test" },
  { file: "leaks.ts", flags: ["--trace-leaks"], says: "leaks.ts:5:5" },
  { file: "exits_in_a_test.ts", says: "attempted to exit with exit code: 5" },
  { file: "exits_for_good.ts", says: "exits" },
  { file: "exits_at_import.ts", says: "before" },
  { file: "prints.ts", says: "no line feed" },
  { file: "writes_much.ts", says: "xxx 299" },
  { file: "hooks.ts", says: "after all" },
  { file: "events.ts", says: "load\n" },
  { file: "permissions.ts", says: "Requires read access" },
  { file: "permissions.ts", permissions: ["--allow-env", "--allow-write", "--no-check"], says: "run prompt" },
  { file: "names.ts", says: "<bell>" },
  { file: "names.ts", flags: ["--reporter=junit"], says: 'testsuite name="./names.ts"' },
  { file: "steps.ts", flags: ["--reporter=tap"], says: "TAP version 14" },
  { file: "many.ts", flags: ["--reporter=dot"], says: ".\n." },
  { file: "many.ts", flags: ["--filter=/1[0-3]/"], says: "4 passed" },
  { file: "many.ts", flags: ["--shuffle=3", "--fail-fast"], says: "20 passed" },
  { file: "fails.ts", flags: ["--fail-fast"], says: "0 passed | 1 failed" },
  { file: "fails.ts", flags: ["--junit-path=/dev/stdout", "--hide-stacktraces"], says: "<failure" },
  { file: "node_test.ts", says: "strictly equal" },
  { file: "npm_package.ts", says: "[ 1, 2 ]" },
  { file: "worker.ts", says: "from the worker" },
  { file: "passes.ts", flags: ["--preload=./prints.ts"], says: "while it is imported" },
  { file: "fails.ts", args: ["./passes.ts"], says: "running 1 test from ./passes.ts" },
  { file: "standard_input.ts", says: "0 false" },
  { file: "time_zone.ts", says: "GMT+0545" },
  { file: "kills_itself.ts", says: "running 1 test" },
  {
    file: "waits_for_interrupt.ts",
    says: "The following tests were pending",
    act: async (pid, logPath) => {
      await waitUntil("the test waits", () => Deno.readTextFileSync(logPath).includes("waiting"));
      Deno.kill(pid, "SIGINT");
    },
  },
  { file: "timeout.ts", says: "timed out" },
  { file: "flaky.ts", says: "1 passed" },
  { file: "random.ts", flags: ["--seed=11"], says: "0." },
];

for (const program of PROGRAMS) {
  const { file, flags = [], permissions = ["-A", "--no-check"], args = [], says, inspector, act } = program;
  const words = [...permissions, ...flags, file, ...args].join(" ");
  const name = `the deno runner is as a cold start for deno test ${words}`;
  Deno.test(inspector ? `${name}, with an inspector` : name, async () => {
    const command = ["deno", "test", "--no-prompt", ...permissions, ...flags, `./${file}`, ...args] as const;
    const start = denoStart({ command, cwd: CWD, env: ENV, preloads: [], runnerFile: RUNNER, inspector });
    assert(start !== undefined);
    const { OLD: _, ...env } = { ...ENV, GIVEN: "with = and \n line feed", PREKILL_ID: "1234" };
    const job = { v: 1, main: `./${file}`, args, env, cwd: CWD } as const;
    const { cold, warm } = await compareStarts({ cold: command, start, job, normalise: TIMES, act });
    assertEquals(warm, cold);
    assert(cold.output.includes(says), cold.output);
  });
}
