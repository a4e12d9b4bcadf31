import { denoStart } from "../../../src/prespawn/deno_start.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { compareStarts, type StartComparison } from "../../support/compare_starts.ts";
import { waitUntil } from "../../support/wait_until.ts";

const CWD = new URL("../../fixtures/warm/deno", import.meta.url).pathname;
const RUNNER = new URL("../../../src/prespawn/runners/deno.mjs", import.meta.url).pathname;
const ENV = {
  ...Deno.env.toObject(),
  TZ: "Asia/Kathmandu",
  LANG: "de_DE.UTF-8",
  NO_COLOR: "1",
  OLD: "gone at the job",
};

/** A program of the fixtures, and what it needs. */
interface Program extends Pick<StartComparison, "normalise" | "act"> {
  readonly file: string;
  /** Before the file; `-A` when left out. */
  readonly flags?: readonly string[];
  readonly args?: readonly string[];
  /** What every start of it says; so a program that is broken both ways is seen. */
  readonly says: string;
}

const PROGRAMS: readonly Program[] = [
  {
    file: "arguments.ts",
    args: ["a b", "--flag", "", "ä", "-A"],
    says: '"a b", "--flag", "", "ä", "-A"',
  },
  { file: "main_module.ts", says: "true file:///" },
  { file: "directory.ts", says: "a note" },
  { file: "environment.ts", says: "undefined false with = and \n line feed" },
  { file: "environment_of_children.ts", says: "GIVEN=with" },
  { file: "standard_input.ts", says: "0\nfalse false false" },
  { file: "standard_input_of_node.ts", says: "end" },
  { file: "raw_mode.ts", says: "error: Uncaught" },
  { file: "exits.ts", says: "before" },
  { file: "exits_with_property.ts", says: "3" },
  { file: "exits_as_node.ts", says: "exit 4" },
  { file: "throws.ts", says: "throws.ts:2:9" },
  { file: "throws_later.ts", says: "RangeError: later" },
  { file: "throws_no_error.ts", says: "code: 12" },
  { file: "rejects.ts", says: "(in promise) Error: nobody handles this" },
  { file: "handles_rejection.ts", says: "handled Error: handled" },
  { file: "rejects_at_top.ts", says: "(in promise) Error: top" },
  {
    file: "waits_for_nothing.ts",
    says: "Top-level await promise never resolved",
  },
  { file: "kills_itself.ts", says: "before" },
  { file: "events.ts", says: "load false\nbeforeunload true\nunload false" },
  { file: "stays_once_more.ts", says: "left 0" },
  { file: "order.ts", says: "main" },
  { file: "console.ts", says: "deepest: [ 1 ]" },
  { file: "writes_much.ts", says: "xxx" },
  { file: "worker.ts", says: "with = and" },
  { file: "worker_fails.ts", says: "in the worker" },
  { file: "imports.ts", says: "true { answer: 42 }" },
  { file: "npm_package.ts", says: "[ 1, 2 ]" },
  { file: "element.tsx", says: '{ lang: "en" }' },
  { file: "commonjs.cjs", says: "true /" },
  { file: "globals.ts", says: "WebAssembly" },
  { file: "prototypes.ts", flags: ["-A", "--seed=7"], says: "[]" },
  { file: "permissions.ts", says: "sys granted\ngranted" },
  {
    file: "permissions.ts",
    flags: ["--allow-write", "--allow-env"],
    says: "sys prompt\ngranted",
  },
  {
    file: "arguments.ts",
    flags: ["--allow-env", "--allow-write"],
    says: "arguments.ts",
  },
  { file: "descriptors.ts", says: "\n" },
  {
    file: "catches_signal.ts",
    says: "got it",
    act: async (pid, logPath) => {
      await waitUntil(
        "the program listens",
        () => Deno.readTextFileSync(logPath).includes("waiting"),
      );
      Deno.kill(pid, "SIGUSR2");
    },
  },
  { file: "warns.ts", says: "CustomWarning: take care" },
  { file: "time_zone.ts", says: "GMT+0545" },
  {
    file: "syntax_error.txt",
    flags: ["-A", "--ext=js"],
    says: "syntax_error.txt:2:7",
  },
  { file: "missing_import.ts", says: "Module not found" },
  { file: "no_such_file.ts", says: "Module not found" },
  { file: "stack.ts", says: "stack.ts:6:13" },
  { file: "drains.ts", says: "listening tcp\nclosed" },
  { file: "script_with_interpreter.ts", args: ["x"], says: 'true [ "x" ]' },
  {
    file: "imports.ts",
    flags: ["-A", "--preload=./lib/mapped.ts"],
    says: "mapped is loaded false\n",
  },
];

for (const program of PROGRAMS) {
  const { file, flags = ["-A"], args = [], says } = program;
  const words = [...flags, file, ...args].join(" ");
  Deno.test(`the deno runner is as a cold start for deno run ${words}`, async () => {
    const command = [
      "deno",
      "run",
      "--no-prompt",
      ...flags,
      `./${file}`,
      ...args,
    ] as const;
    const start = denoStart({
      command,
      cwd: CWD,
      env: ENV,
      preloads: [],
      runnerFile: RUNNER,
    });
    assert(start !== undefined);
    const { OLD: _, ...env } = {
      ...ENV,
      GIVEN: "with = and \n line feed",
      PREKILL_ID: "1234",
    };
    const { cold, warm } = await compareStarts({
      cold: command,
      start,
      job: { v: 1, main: `./${file}`, args, env, cwd: CWD },
      normalise: program.normalise,
      act: program.act,
    });
    assertEquals(warm, cold);
    assert(cold.output.includes(says), cold.output);
  });
}
