/** `output_driver.ts LOG BYTES`: drives a program that writes so much into a log; prints time and memory as JSON. */
import { ProcessDriver } from "../src/driver/process_driver.ts";

const [path, bytes] = Deno.args as [string, string];
const startMs = performance.now();
const driver = new ProcessDriver({
  command: ["head", "-c", bytes, "/dev/zero"],
  stdin: "null",
  output: { kind: "log", path },
  timeoutMs: 600_000,
});
const { outcome, output } = await driver.run();
const ms = performance.now() - startMs;
if (outcome.kind !== "exited" || outcome.code !== 0 || output.bytes !== Number(bytes)) {
  throw new Error(`Cannot measure the output: ${JSON.stringify({ outcome, bytes: output.bytes })}`);
}
const peakKib = /^VmHWM:\s+(\d+) kB$/m.exec(await Deno.readTextFile("/proc/self/status"))?.[1];
console.log(JSON.stringify({ ms, peakMib: Number(peakKib) / 1024 }));
