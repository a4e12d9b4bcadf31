import { foldEvents } from "../../../src/report/fold_events.ts";
import { githubAnnotations } from "../../../src/report/github_annotations.ts";
import type { RunSummary } from "../../../src/report/run_summary.ts";
import type { SuiteEvent } from "../../../src/suite_events.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { GOLDEN_OPTIONS, GOLDEN_RUN } from "../../support/golden_run.ts";

const OURS = ["error", "warning", "group", "endgroup"];

/** The commands that a runner would find: at the begin of a line, blanks aside, or in the old form anywhere. */
function commands(text: string): string[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => [
    ...(/^\s*::([\w-]+)/.exec(line)?.slice(1) ?? []),
    ...(/##\[([\w-]*)/.exec(line)?.slice(1) ?? []),
  ]);
}

function failing(name: string, tail: string, cwd = "/srv/app", file = name): RunSummary {
  const head = { seq: 1, atMs: 1, id: "run" };
  const test = { testId: "a", name, file };
  const events: SuiteEvent[] = [
    {
      ...head,
      kind: "run-started",
      schema: "prekill.events/1",
      version: "1",
      args: [],
      cwd,
      host: { os: "linux", arch: "x86_64", cpus: 1 },
      jobs: 1,
      tests: 1,
    },
    { ...head, kind: "tests-planned", tests: [{ ...test, runner: "command" }] },
    {
      ...head,
      kind: "attempt-settled",
      testId: "a",
      attempt: 1,
      status: "failed",
      outcome: { kind: "exited", code: 1 },
      elapsedMs: 1,
      outputBytes: 1,
      tail,
    },
    { ...head, kind: "test-settled", ...test, attempts: 1, elapsedMs: 1, status: "failed" },
    { ...head, kind: "run-settled", counts: GOLDEN_RUN.counts, elapsedMs: 1, exitCode: 1 },
  ];
  return foldEvents(events);
}

Deno.test("githubAnnotations() has no command of a test's name or output", () => {
  const attacks = [
    "::stop-commands::x",
    "  ::add-mask::a",
    "a\r::b::c",
    "##[set-env name=a]b",
    "\u2028::d::e",
    "::endgroup::",
  ];
  for (const attack of attacks) {
    const text = githubAnnotations(failing(attack, `${attack}\n${attack}`), GOLDEN_OPTIONS);
    assertEquals(commands(text), ["group", "endgroup", "error"], JSON.stringify(attack));
  }
  const all = commands(githubAnnotations(GOLDEN_RUN, GOLDEN_OPTIONS));
  assert(all.every((name) => OURS.includes(name)), all.join(" "));
});

Deno.test("githubAnnotations() names file and line from the repository", () => {
  const run = failing("a,b: c", "tests/b_test.ts:12:5", "/srv/repo/app", "tests/b_test.ts");
  const [annotation] = githubAnnotations(run, { ...GOLDEN_OPTIONS, workspace: "/srv/repo" }).split("\n")
    .filter(
      (line) => line.startsWith("::error"),
    );
  assertEquals(
    annotation,
    "::error file=app/tests/b_test.ts,line=12,title=failed%3A a%2Cb%3A c::exited with 1",
  );
});

Deno.test("githubAnnotations() is silent, when all has passed", () => {
  assertEquals(githubAnnotations({ ...GOLDEN_RUN, tests: [], stopping: undefined }, GOLDEN_OPTIONS), "");
});
