/** Runs 64 drivers at once, whose noisy children time out one after the other; prints the delays as JSON on stderr. */
import { HookedDriver } from "../src/driver/hooked_driver.ts";

const CHILDREN = 64;
const FIRST_TIMEOUT_MS = 3000;
const STEP_MS = 25;
/** A line of 100 bytes every 10 ms. */
const NOISE = `$| = 1; while (1) { print "noise " x 16, "\\n"; select undef, undef, undef, 0.01 }`;

const folder = await Deno.makeTempDir();
await Deno.mkdir(`${folder}/hooks`);
await Deno.writeTextFile(`${folder}/hooks/${Deno.build.os}.js`, "export function doPreKill() {}\n");

const timerLateMs: number[] = [];
const hookLateMs = await Promise.all(Array.from({ length: CHILDREN }, async (_, index) => {
  const timeoutMs = FIRST_TIMEOUT_MS + index * STEP_MS;
  const startMs = performance.now();
  // Half a step off the drivers' own deadlines, so that the two do not wait for each other.
  const delayMs = timeoutMs + STEP_MS / 2;
  setTimeout(() => timerLateMs.push(performance.now() - startMs - delayMs), delayMs);
  const driver = new HookedDriver({
    command: ["perl", "-e", NOISE],
    stdin: "null",
    output: { kind: "forward" },
    timeoutMs,
    sessionDir: `${folder}/session-${index}`,
    hooksDir: `${folder}/hooks`,
  });
  const { hook } = await driver.run();
  if (hook === undefined) throw new Error("Cannot measure the deadline: the hook was not called");
  return hook.lateMs;
}));
await Deno.remove(folder, { recursive: true });
console.error(JSON.stringify({ hookLateMs, timerLateMs }));
