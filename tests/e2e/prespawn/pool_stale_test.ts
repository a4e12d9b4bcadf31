import { PooledRunner } from "../../../src/prespawn/pooled_runner.ts";
import { RunnerPool } from "../../../src/prespawn/runner_pool.ts";
import { host } from "../../../src/runtime/host.ts";
import { assertEquals } from "../../support/assert.ts";
import { shellRunner, WAITING } from "../../support/shell_runner.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { pidsIn } from "../../support/with_prespawner.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

Deno.test("isStale tells, when the test changes that a runner has loaded already", () =>
  withTempDir(async (directory) => {
    Deno.writeTextFileSync(`${directory}/a_test.sh`, "exit 0");
    const start = await shellRunner(directory, WAITING);
    const own = { ...start, command: [...start.command, "./a_test.sh"] as const, isForOneTest: true };
    const one = new PooledRunner({ start: own, output: { kind: "log" }, filePath: `${directory}/one` }, host);
    const any = new PooledRunner({ start, output: { kind: "log" }, filePath: `${directory}/any` }, host);
    assertEquals([one.isStale, any.isStale], [false, false]);
    Deno.writeTextFileSync(`${directory}/a_test.sh`, "exit 1 # changed");
    assertEquals([one.isStale, any.isStale], [true, false]);
    await Promise.all([one.end(0), any.end(0)]);
  }));

Deno.test("take() gives another runner, when what it loads has changed while it started", () =>
  withTempDir(async (directory) => {
    Deno.writeTextFileSync(`${directory}/lib.sh`, "one");
    const script = `echo $$ >> pids; [ -e go ] || { mkfifo go; read line < go; }; ${WAITING}\nexit 4`;
    const start = { ...await shellRunner(directory, script), preloads: ["lib.sh"] };
    await using pool = new RunnerPool({ start, output: { kind: "log" }, directory, maxStarting: 1 }, host);
    const job = { v: 1, main: "a.sh", args: [], env: start.env, cwd: directory } as const;
    const taking = pool.take(job, { logPath: `${directory}/a.log` });
    await waitUntil("the first starts", () => host.files.stat(`${directory}/go`) !== undefined);
    Deno.writeTextFileSync(`${directory}/lib.sh`, "another");
    await Deno.writeTextFile(`${directory}/go`, "\n");
    const child = await taking;
    assertEquals(pidsIn(directory).indexOf(child!.pid), 1);
    assertEquals(await child!.exited, { kind: "exited", code: 4 });
  }));
