/**
 * Runs 64 noisy tests at once, each of which becomes slow and then reaches its timeout, one after the other; prints as JSON how
 * late that was told, and the growth of memory: `suite_output_driver.ts DIR FIRST_MS STEP_MS COMMAND...`.
 */
import { host } from "../src/runtime/host.ts";
import { runSuite } from "../src/suite/run_suite.ts";
import type { SuiteTest } from "../src/suite/suite_options.ts";

const CHILDREN = 64;
/** Apart from the timeouts, so that two never fall due together. */
const SLOW_SHARE = 0.75;
const LOOK_MS = 100;

const [sessionDir, first, step, ...command] = Deno.args as [string, string, string, string, ...string[]];
const tests = Array.from({ length: CHILDREN }, (_, index): SuiteTest => {
  const timeoutMs = Number(first) + index * Number(step);
  const name = `test_${index}`;
  return {
    testId: name,
    name,
    file: name,
    runner: "command",
    command: command as [string, ...string[]],
    timeoutMs,
    slowAfterMs: timeoutMs * SLOW_SHARE,
    graceMs: 1000,
  };
});
// As the command does.
host.raisePriority();
const byId = new Map(tests.map((test) => [test.testId, test]));
const startedAtMs = new Map<string, number>();
const lateMs: number[] = [];
const startBytes = Deno.memoryUsage().rss;
let peakBytes = startBytes;
const look = setInterval(() => peakBytes = Math.max(peakBytes, Deno.memoryUsage().rss), LOOK_MS);
for await (const event of runSuite(tests, { sessionDir, jobs: CHILDREN, hook: false })) {
  if (event.kind === "attempt-started") startedAtMs.set(event.testId, event.atMs);
  if (event.kind !== "slow" && event.kind !== "limit-reached") continue;
  const { timeoutMs, slowAfterMs } = byId.get(event.testId)!;
  const dueMs = event.kind === "slow" ? slowAfterMs! : timeoutMs!;
  lateMs.push(event.atMs - startedAtMs.get(event.testId)! - dueMs);
}
clearInterval(look);
console.log(JSON.stringify({ lateMs, grownMib: (peakBytes - startBytes) / 1024 / 1024 }));
