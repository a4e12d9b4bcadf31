import { isGuard } from "../../../src/guard_name.ts";
import { sampleProcess } from "../../../src/hooks/sample_process.ts";
import { host } from "../../../src/runtime/host.ts";
import { createLinuxLister } from "../../../src/tree/linux_lister.ts";
import { assertEquals } from "../../support/assert.ts";
import { cliCommand } from "../../support/run_cli.ts";
import { waitUntil } from "../../support/wait_until.ts";

Deno.test("sampleProcess() blames the command of a prekill in the tree, not its guard", async () => {
  const [program, ...args] = cliCommand(["exec", "--", "sleep", "1000"]);
  const inner = new Deno.Command(program, { args, stdin: "null", stdout: "null", stderr: "null" }).spawn();
  try {
    const lister = createLinuxLister(host.files);
    const children = () => lister.listAll().filter(({ ppid }) => ppid === inner.pid);
    await waitUntil("the guard is there", () => children().some(({ pid }) => isGuard(lister.command(pid))));
    // prekill itself may still be at work when its guard is there already.
    await waitUntil("the command is to blame", async () => {
      const { diagnosis, processes } = await sampleProcess(inner.pid, { sampleTimeMs: 50 });
      assertEquals(processes.filter(({ command }) => isGuard(command)), []);
      return diagnosis.cause === "sleep" && diagnosis.program === "sleep";
    });
  } finally {
    inner.kill();
    await inner.status;
  }
});
