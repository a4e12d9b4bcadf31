/** Runs COMMAND COUNT times, JOBS at a time, as tests of one run: `deno run -A suite_driver.ts COUNT JOBS DIR COMMAND...`. */
import { runSuite } from "../src/suite/run_suite.ts";
import type { SuiteTest } from "../src/suite/suite_options.ts";

const [count, jobs, sessionDir, ...command] = Deno.args as [string, string, string, string, ...string[]];
const tests = Array.from({ length: Number(count) }, (_, index): SuiteTest => {
  const name = `test_${index}`;
  return {
    testId: name,
    name,
    file: name,
    runner: "command",
    command: command as [string, ...string[]],
    timeoutMs: 600_000,
  };
});
const latenessMs: number[] = [];
let exitCode = 125;
let peakBytes = 0;
let dueMs = performance.now();
const look = setInterval(() => {
  latenessMs.push(performance.now() - dueMs - 10);
  dueMs = performance.now();
  if (latenessMs.length % 10 === 0) peakBytes = Math.max(peakBytes, Deno.memoryUsage().rss);
}, 10);
for await (const event of runSuite(tests, { sessionDir, jobs: Number(jobs) })) {
  if (event.kind === "run-settled") exitCode = event.exitCode;
}
clearInterval(look);
latenessMs.sort((a, b) => a - b);
console.log(JSON.stringify({ peakBytes, lateMs: latenessMs[Math.floor(latenessMs.length * 0.99)] ?? 0 }));
Deno.exit(exitCode);
