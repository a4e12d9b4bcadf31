/** A program that holds the process PID for ever, for tests that kill it: prints `held` once the process stands still. */
import { holdProcess } from "../../src/hooks/collectors/hold_process.ts";
import { host } from "../../src/runtime/host.ts";

// A thread that waits for a processor does not stop in time: on a busy machine one try says nothing.
const endMs = performance.now() + 10_000;
while (performance.now() < endMs) {
  holdProcess(host, Number(Deno.args[0]), () => {
    console.log("held");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
}
