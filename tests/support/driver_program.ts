/** A program that drives `sh -c SCRIPT`, for tests that kill the driver: prints `driver=PID` once it runs. */
import { HookedDriver } from "../../src/driver/hooked_driver.ts";
import { connectInterrupts } from "../../src/driver/interrupts.ts";
import { host } from "../../src/runtime/host.ts";

const [script, sessionDir] = Deno.args as [string, string];
const driver = new HookedDriver({
  command: ["sh", "-c", script],
  stdin: "null",
  sessionDir,
  sampleTimeMs: 100,
});
connectInterrupts(host, driver, false);
const result = driver.run();
console.log(`driver=${Deno.pid}`);
const { outcome } = await result;
console.log(JSON.stringify(outcome));
Deno.exit(0);
