/** `deno task ok`: the gate. */
import { GATE_STEPS } from "./gate_steps.ts";
import { runSteps } from "./step.ts";

const { passed, failed } = await runSteps(GATE_STEPS);
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0) Deno.exit(1);
