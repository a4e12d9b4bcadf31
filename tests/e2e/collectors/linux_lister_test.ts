import { host } from "../../../src/runtime/host.ts";
import { createLinuxLister } from "../../../src/tree/linux_lister.ts";
import { takeLightSample } from "../../../src/hooks/collectors/take_light_sample.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { canBuildWaits, startWaits } from "../../support/waits_program.ts";

Deno.test({
  name: "listStartedAfter() never takes the threads of a process for processes",
  ignore: !canBuildWaits,
  async fn() {
    await using program = await startWaits("threads", "5");
    const facts = takeLightSample(program.options());
    assertEquals(facts.processes.map(({ pid, threads }) => [pid, threads.length]), [[program.pid, 6]]);
    const lister = createLinuxLister(host.files);
    const tids = new Set(facts.processes[0]!.threads.map(({ tid }) => tid));
    assert(lister.listStartedAfter(program.pid).every(({ pid }) => !tids.has(pid)));
  },
});
