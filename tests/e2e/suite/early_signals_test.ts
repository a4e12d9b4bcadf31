import { host } from "../../../src/runtime/host.ts";
import { assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { cliCommand, runCli } from "../../support/run_cli.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { isGone } from "../../support/with_prespawner.ts";
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

for (const [signal, code] of [["SIGTERM", 143], ["SIGKILL", 137]] as const) {
  Deno.test({
    name: `run leaves no check of types behind, when ${signal} ends it meanwhile`,
    ignore: ignore || Deno.build.os !== "linux",
    async fn() {
      await withTempDir(async (cwd) => {
        for (const name of ["a", "b"]) Deno.writeTextFileSync(`${cwd}/${name}_test.ts`, "");
        const deno = "#!/bin/sh\necho $$ > pid.new; mv pid.new pid; exec sleep 600\n";
        Deno.writeTextFileSync(`${cwd}/deno`, deno, { mode: 0o755 });
        const [program, ...args] = cliCommand(["run", "a_test.ts", "b_test.ts"]);
        const env = { PATH: `${cwd}:${Deno.env.get("PATH")}` };
        const options = { args, cwd, env, stdin: "null", stdout: "null", stderr: "null" } as const;
        const run = new Deno.Command(program!, options).spawn();
        await waitUntil("the check has begun", () => host.files.stat(`${cwd}/pid`) !== undefined);
        const pid = Number(Deno.readTextFileSync(`${cwd}/pid`));
        run.kill(signal);
        assertEquals((await run.status).code, code);
        await waitUntil("the check has ended", () => isGone(pid));
      });
    },
  });
}
