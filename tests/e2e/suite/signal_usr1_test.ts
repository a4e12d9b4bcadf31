import { assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { cliCommand } from "../../support/run_cli.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

/** How many sockets of a process listen for somebody on this machine. */
function listeningCount(pid: number): number {
  const listening = new Set(
    Deno.readTextFileSync(`/proc/${pid}/net/tcp`).split("\n").map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === "0A").map((fields) => `socket:[${fields[9]}]`),
  );
  const targets = [...Deno.readDirSync(`/proc/${pid}/fd`)].map(({ name }) => {
    try {
      return Deno.readLinkSync(`/proc/${pid}/fd/${name}`);
    } catch {
      return "";
    }
  });
  return targets.filter((target) => listening.has(target)).length;
}

Deno.test({
  name: "run closes the inspector again that Deno opens, when SIGUSR1 has asked what runs",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await withTempDir(async (cwd) => {
      Deno.writeTextFileSync(`${cwd}/list`, "1\n");
      const run = cliCommand([
        ...["run", "--no-hook", "--session-dir", "s", "--list-from", "list"],
        ...["--", "sh", "-c", "until [ -e go ]; do sleep 0.05; done; : {}"],
      ]);
      const args = ["-c", 'exec "$@" >out 2>err', "sh", ...run];
      const driver = new Deno.Command("sh", { args, cwd, stdin: "null" }).spawn();
      const textOf = (name: string): string => Deno.readTextFileSync(`${cwd}/${name}`);
      // Before anybody listens to it, the signal would end the process: bit 9 of SigCgt.
      await waitUntil("the signal is listened to", () => {
        const status = Deno.readTextFileSync(`/proc/${driver.pid}/status`);
        const caught = /^SigCgt:\s+\w+(\w{3})$/m.exec(status)?.[1] ?? "0";
        return (parseInt(caught, 16) & 0x200) !== 0;
      });
      // Deno itself listens only half a second after its start.
      await waitUntil("Deno has opened its inspector", () => {
        driver.kill("SIGUSR1");
        return textOf("err").includes("Debugger listening");
      });
      await waitUntil("the inspector is closed", () => listeningCount(driver.pid) === 0);
      Deno.writeTextFileSync(`${cwd}/go`, "");
      const { code } = await driver.status;
      assertEquals(code, 0, textOf("err"));
      assertStringIncludes(textOf("out"), "1 of 1 tests running");
    });
  },
});
