import { takeLightSample } from "../../../src/hooks/collectors/take_light_sample.ts";
import { host } from "../../../src/runtime/host.ts";
import { assert } from "../../support/assert.ts";
import { canBuildWaits, mainThread, startWaits } from "../../support/waits_program.ts";
import { waitUntil } from "../../support/wait_until.ts";

Deno.test({
  name: "takeLightSample() tells how long ago a thread last ran, where the kernel shows it",
  // Without CONFIG_SCHED_DEBUG there is no such file.
  ignore: !canBuildWaits || host.files.readText("/proc/thread-self/sched") === undefined,
  fn: async () => {
    await using program = await startWaits("sleep");
    const idle = (): number => mainThread(takeLightSample(program.options())).idleMs ?? 0;
    await waitUntil("it has slept for a while", () => idle() > 300);
    // It is not older than itself.
    const { processes } = takeLightSample(program.options());
    assert(processes[0]!.threads[0]!.idleMs! <= processes[0]!.ageMs + 1);
  },
});
