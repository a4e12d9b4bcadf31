import { assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { cliCommand, runCli } from "../../support/run_cli.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const ignore = Deno.build.os === "windows";

Deno.test({
  name: "run ends in order by a signal that comes with the start of its first test",
  ignore,
  async fn() {
    await withTempDir(async (cwd) => {
      Deno.writeTextFileSync(`${cwd}/list`, "1\n2\n");
      const { code, stdout } = await runCli([
        ...["run", "-j1", "--no-hook", "--list-from", "list"],
        ...["--", "sh", "-c", "kill -TERM $PPID; exec sleep 1000; : {}"],
      ], { cwd });
      assertEquals(code, 143);
      assertStringIncludes(stdout, "The run was stopped: SIGTERM ended the run");
    });
  },
});

Deno.test({
  name: "run and exec go on after a hang-up that was ignored at their start, as under nohup",
  ignore: ignore || Deno.build.os !== "linux",
  async fn() {
    await withTempDir(async (cwd) => {
      Deno.writeTextFileSync(`${cwd}/list`, "1\n2\n3\n4\n5\n");
      const hangUp = "kill -HUP $PPID; exec sleep 0.1";
      const commands = [
        ["run", "-q", "-j1", "--list-from", "list", "--", "sh", "-c", `: {}; ${hangUp}`],
        ["exec", "--", "sh", "-c", hangUp],
      ];
      for (const args of commands) {
        const { code, stderr } = await new Deno.Command("sh", {
          args: ["-c", 'trap "" HUP; exec "$@"', "sh", ...cliCommand(args)],
          cwd,
          stdin: "null",
        }).output();
        assertEquals([code, new TextDecoder().decode(stderr)], [0, ""], args[0]);
      }
    });
  },
});
