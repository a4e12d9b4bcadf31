import { WAITING } from "../../support/shell_runner.ts";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "../../support/assert.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { runCli } from "../../support/run_cli.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const isWindows = Deno.build.os === "windows";

Deno.test({
  name: "run starts tests with the runner of prekill.json, except those of a glob that is off",
  ignore: isWindows,
  async fn() {
    await withTempDir(async (cwd) => {
      for (let number = 10; number < 30; number++) {
        Deno.writeTextFileSync(`${cwd}/test_${number}.sh`, `echo cold >> "$LOG"; sleep 0.1\n`);
      }
      Deno.writeTextFileSync(`${cwd}/runner.sh`, `${WAITING}\necho "$main" >> ${cwd}/warm\nsleep 0.1`);
      const config = {
        warmRunner: ["sh", "./runner.sh"],
        overrides: [{ files: "test_2*.sh", prespawn: "off" }],
      };
      Deno.writeTextFileSync(`${cwd}/prekill.json`, JSON.stringify(config));
      const env = { LOG: `${cwd}/cold` };
      const { code, stdout } = await runCli(["run", "-j1", "test_*.sh", "--", "sh"], { cwd, env });
      assertEquals(code, 0, stdout);
      const warm = Deno.readTextFileSync(`${cwd}/warm`).trim().split("\n");
      assert(warm.every((name) => /^test_1\d\.sh$/.test(name)), warm.join());
      assertStringIncludes(stdout, `, ${warm.length} started warm: 20 passed`);
      assertEquals(Deno.readTextFileSync(`${cwd}/cold`).trim().split("\n").length, 20 - warm.length);
    });
  },
});

Deno.test({
  name: "run says once that a runner fails, and comes to the verdicts of cold tests, quiet as well",
  ignore: isWindows,
  async fn() {
    await withTempDir(async (cwd) => {
      for (let number = 10; number < 20; number++) {
        Deno.writeTextFileSync(`${cwd}/test_${number}.sh`, "sleep 0.1\n");
      }
      Deno.writeTextFileSync(`${cwd}/runner.sh`, `echo "no such module"; exit 3`);
      Deno.writeTextFileSync(`${cwd}/prekill.json`, `{ "warmRunner": ["sh", "./runner.sh"] }`);
      const { code, stdout } = await runCli(["run", "-q", "-j1", "test_*.sh", "--", "sh"], { cwd });
      assertEquals(code, 0, stdout);
      assertMatch(
        stdout,
        /^warning: Tests of the runner\.sh runner start cold from here on: [^]*exit code 3[^]*10 tests in [^,]*: 10 passed\n$/,
      );
    });
  },
});

Deno.test({
  name: "run --preload auto loads what most tests import, and says so",
  ignore: isWindows || !isOnPath("python3"),
  async fn() {
    await withTempDir(async (cwd) => {
      Deno.writeTextFileSync(`${cwd}/own.py`, "");
      const text = "import os, sqlite3\nimport own\nimport email.mime.text\n";
      for (let number = 10; number < 16; number++) {
        Deno.writeTextFileSync(`${cwd}/a${number}_test.py`, text);
      }
      const { code, stdout } = await runCli(["run", "-j1", "--runner=python", "--preload=auto"], { cwd });
      assertEquals(code, 0, stdout);
      assertMatch(
        stdout,
        /^note: Preloaded for python3, as at least half of its tests import them: sqlite3, email\.mime\.text \(\d+ ms\)$/m,
      );
    });
  },
});
