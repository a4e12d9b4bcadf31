import { assert, assertEquals } from "../../support/assert.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { type MarkedProcess, markedProcesses } from "../../support/marked_processes.ts";
import { cliCommand } from "../../support/run_cli.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const ignore = Deno.build.os !== "linux" || !isOnPath("python3");
const MARK = "PREKILL_TEST_MARK";

function runnersOf(folder: string): MarkedProcess[] {
  return markedProcesses(MARK, folder).filter(({ command }) => /python\.py|fork_server\.py/.test(command));
}

/** Starts a run of tests that sleep, and waits until enough of its processes wait for their tests. */
async function startRun(folder: string, how: string, isWaiting: () => boolean): Promise<Deno.ChildProcess> {
  for (let number = 10; number < 40; number++) {
    Deno.writeTextFileSync(`${folder}/a${number}_test.py`, "import time\ntime.sleep(1000)\n");
  }
  // The first does not hold the others up, so that the second is forked.
  Deno.writeTextFileSync(`${folder}/a10_test.py`, "");
  const [program, ...args] = cliCommand(["run", "-j1", "--runner=python", `--prespawn=${how}`]);
  const run = new Deno.Command(program, {
    args,
    cwd: folder,
    env: { [MARK]: folder, PREKILL_ID: "" },
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  await waitUntil("enough processes wait", isWaiting);
  return run;
}

Deno.test({
  name: "nothing is left within two seconds, when the driver of ten waiting runners is ended by KILL",
  ignore,
  async fn() {
    await withTempDir(async (folder) => {
      const run = await startRun(folder, "10", () => runnersOf(folder).length >= 10);
      run.kill("SIGKILL");
      await run.status;
      const startMs = performance.now();
      await waitUntil("nothing is left", () => markedProcesses(MARK, folder).length === 0);
      assert(performance.now() - startMs < 2000);
    });
  },
});

Deno.test({
  name: "the fork server and its tests end, when the driver is ended by KILL",
  ignore,
  async fn() {
    await withTempDir(async (folder) => {
      // The server and what it has forked.
      const run = await startRun(folder, "fork", () => runnersOf(folder).length >= 2);
      run.kill("SIGKILL");
      await run.status;
      await waitUntil("nothing is left", () => markedProcesses(MARK, folder).length === 0);
    });
  },
});

Deno.test({
  name: "runners that wait end with the run, when it is interrupted",
  ignore,
  async fn() {
    await withTempDir(async (folder) => {
      const run = await startRun(folder, "4", () => runnersOf(folder).length >= 4);
      run.kill("SIGINT");
      assertEquals((await run.status).code, 130);
      assertEquals(markedProcesses(MARK, folder), []);
      assertEquals(
        [...Deno.readDirSync(`${folder}/.prekill/latest`)].map(({ name }) => name).includes("warm"),
        false,
      );
    });
  },
});
