/** `deno task test`: everything, on a machine that has nothing yet. */
import { GATE_STEPS } from "./gate_steps.ts";
import { setUp } from "./set_up.ts";
import { runSteps } from "./step.ts";
import { subjectSteps } from "./subject_steps.ts";

await setUp();
const { passed, failed } = await runSteps([
  ...GATE_STEPS,
  { name: "conformance", command: ["deno", "run", "-A", "tools/conformance.ts"], countsTests: true },
  { name: "publishing to JSR, tried", command: ["deno", "publish", "--dry-run", "--allow-dirty"] },
  {
    name: "end to end tests",
    command: ["deno", "test", "-A", "--no-check", "tests/e2e"],
    countsTests: true,
  },
  ...await subjectSteps(),
  {
    name: "corpus of hangs",
    command: ["deno", "run", "-A", "tests/hangs/run_corpus.ts"],
    countsTests: true,
  },
]);
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0) Deno.exit(1);
