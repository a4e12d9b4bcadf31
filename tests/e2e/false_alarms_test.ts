/** Programs that are at work: none of them is hung, and none may be called so with certainty or come to harm. */
import type { Diagnosis, SampleDocument } from "../../src/sample_document.ts";
import { assert, assertEquals, assertMatch } from "../support/assert.ts";
import { isOnPath } from "../support/is_on_path.ts";
import { runCli } from "../support/run_cli.ts";
import { withWorkingProgram, type WorkingEnd } from "../support/with_working_program.ts";
import {
  buildWorkingPrograms,
  WORKING_PROGRAMS,
  type WorkingProgramCase,
} from "../support/working_programs.ts";

const LANES = 2;

/** What was said of a program, and what became of it. */
interface Outcome {
  readonly diagnosis: Diagnosis;
  readonly end: WorkingEnd;
}

const cases = WORKING_PROGRAMS.filter(isRunnable);
const outcomes = cases.map(() => Promise.withResolvers<Outcome>());
// A test that comes to its turn later finds the failure there.
for (const { promise } of outcomes) promise.catch(() => {});
let started: Promise<void> | undefined;

for (const subject of WORKING_PROGRAMS) {
  Deno.test({
    name: `sample does not take for hung: ${subject.name}`,
    ignore: !isRunnable(subject),
    // The next program starts while this test looks at what was found.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      started ??= start();
      const { diagnosis, end } = await outcomes[cases.indexOf(subject)]!.promise;
      const { cause, confidence, summary } = diagnosis;
      assert(cause !== "deadlock", summary);
      const isTrue = subject.truths?.includes(cause) === true;
      assert(confidence !== "proven" || isTrue, `${cause} is said to be proven: ${summary}`);
      if (subject.says !== undefined) assertMatch(summary, subject.says);
      assertEquals(end.code, 0);
      const [, sent, received] = /^done (\d+) (\d+)$/m.exec(end.stdout) ?? [];
      assert(Number(sent) > 0, end.stdout);
      assertEquals(received, sent);
    },
  });
}

Deno.test({
  name: "the programs that are not hung have ended before their folder is removed",
  ignore: cases.length === 0,
  fn: async () => await started,
});

function isRunnable({ needs }: WorkingProgramCase): boolean {
  return needs.every((program) => isOnPath(program));
}

/** Two programs at a time, in the order of the tests. */
async function start(): Promise<void> {
  const built = await Deno.makeTempDir({ prefix: "prekill-at-work-" });
  try {
    await buildWorkingPrograms(built, isOnPath);
    const waiting = cases.entries();
    await Promise.all(Array.from({ length: LANES }, async () => {
      for (const [index, subject] of waiting) {
        const { resolve, reject } = outcomes[index]!;
        await look(subject, built).then(resolve, reject);
      }
    }));
  } catch (error) {
    for (const { reject } of outcomes) reject(error);
  } finally {
    await Deno.remove(built, { recursive: true });
  }
}

async function look(subject: WorkingProgramCase, built: string): Promise<Outcome> {
  let outcome: Outcome | undefined;
  await withWorkingProgram(subject.command(built), async ({ pid, finish }) => {
    const { code, stdout, stderr } = await runCli(["sample", "--json", "--sample-time=300ms", String(pid)]);
    assert(code === 0 || code === 1, stderr);
    const { diagnosis }: SampleDocument = JSON.parse(stdout);
    outcome = { diagnosis, end: await finish() };
  });
  return outcome!;
}
