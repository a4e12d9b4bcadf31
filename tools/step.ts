import { countTests, type TestCount } from "./count_tests.ts";

/** One command of the gate or of the tests. */
export interface Step {
  readonly name: string;
  /** Program and arguments; `deno` is the Deno that runs this. */
  readonly command: readonly [string, ...string[]];
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** The output counts tests; else the step counts as one. */
  readonly countsTests?: boolean;
}

/**
 * Runs one step from the root of the repository: its output is shown as it comes when it counts tests, and otherwise
 * only when it fails.
 *
 * @param step what to run; its stdin is empty
 * @returns what passed and failed; at least one failed when the command did not end with 0
 */
export async function runStep(step: Step): Promise<TestCount> {
  const startMs = performance.now();
  const [program, ...args] = step.command;
  const child = new Deno.Command(program === "deno" ? Deno.execPath() : program, {
    args,
    cwd: new URL("..", import.meta.url),
    env: { ...step.env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const show = step.countsTests === true;
  const [stdout, stderr, status] = await Promise.all([
    readOutput(child.stdout, show ? Deno.stdout : undefined),
    readOutput(child.stderr, show ? Deno.stderr : undefined),
    child.status,
  ]);
  const counted = show ? countTests(stdout) : { passed: 0, failed: 0 };
  const count = counted.passed + counted.failed > 0 || !status.success
    ? { passed: counted.passed, failed: status.success ? counted.failed : Math.max(1, counted.failed) }
    : { passed: show ? 0 : 1, failed: 0 };
  if (!show && !status.success) console.log(stdout + stderr);
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  console.log(`${status.success ? "ok    " : "FAILED"} ${step.name} (${seconds} s)`);
  return count;
}

/**
 * Runs steps one after the other, all of them, whatever fails.
 *
 * @param steps what to run
 * @returns the sum of what passed and failed
 */
export async function runSteps(steps: readonly Step[]): Promise<TestCount> {
  let passed = 0;
  let failed = 0;
  for (const step of steps) {
    const count = await runStep(step);
    passed += count.passed;
    failed += count.failed;
  }
  return { passed, failed };
}

async function readOutput(
  stream: ReadableStream<Uint8Array>,
  copyTo: { writeSync(bytes: Uint8Array): number } | undefined,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    for (let at = 0; copyTo !== undefined && at < chunk.length;) at += copyTo.writeSync(chunk.subarray(at));
  }
  return text;
}
