import type { Job } from "../../../src/prespawn/job.ts";
import { WarmPools } from "../../../src/prespawn/warm_pools.ts";
import type { WarmPoolsOptions } from "../../../src/prespawn/warm_pools_options.ts";
import type { WarmStart } from "../../../src/prespawn/warm_start.ts";
import { host } from "../../../src/runtime/host.ts";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "../../support/assert.ts";
import { markedProcesses } from "../../support/marked_processes.ts";
import { shellRunner, WAITING } from "../../support/shell_runner.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { isGone, pidsIn } from "../../support/with_prespawner.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const SCRIPT = `echo $$ >> pids; ${WAITING}\necho "ran $main"; exit 7`;

async function withPools(
  options: Partial<WarmPoolsOptions>,
  test: (pools: WarmPools, directory: string) => Promise<void>,
): Promise<void> {
  await withTempDir(async (directory) => {
    await using pools = new WarmPools({ directory, size: 2, runningCount: () => 0, ...options }, host);
    await test(pools, directory);
  });
}

function jobOf(start: WarmStart): Job {
  return { v: 1, main: "a.sh", args: [], env: start.env, cwd: start.cwd };
}

Deno.test("take() gives a runner whose log is that of the test, and ends those that no test is expected for", async () => {
  await withPools({}, async (pools, directory) => {
    const start = await shellRunner(directory, SCRIPT);
    pools.expect([start, start]);
    await waitUntil("two wait", () => pidsIn(directory).length === 2);
    const child = await pools.take(start, jobOf(start), { logPath: `${directory}/1.log` });
    assertEquals(await child?.exited, { kind: "exited", code: 7 });
    assertEquals(Deno.readTextFileSync(`${directory}/1.log`), "ran a.sh\n");
    const other = await pools.take(start, jobOf(start), { logPath: `${directory}/2.log` });
    await other?.exited;
    assertEquals(pidsIn(directory).length, 2);
    assertEquals(pools.counts, { warm: 2, cold: 0 });
  });
});

Deno.test("expect() starts runners for the tests that come next, no more than may wait", async () => {
  await withPools({ size: 3 }, async (pools, directory) => {
    const starts = await Promise.all(
      ["a", "b", "c", "d"].map((name) =>
        shellRunner(directory, `echo ${name} >> names; ${WAITING}\nexit 0`, `${name}.sh`)
      ),
    );
    pools.expect(starts);
    const names = (): string[] => (host.files.readText(`${directory}/names`) ?? "").trim().split("\n");
    await waitUntil("three have started", () => names().length === 3);
    assertEquals(names().toSorted(), ["a", "b", "c"]);
    const child = await pools.take(starts[1]!, jobOf(starts[1]!), { logPath: `${directory}/log` });
    await child?.exited;
    await waitUntil("the next has started", () => names().length === 4);
    await pools.stop();
    assertEquals(host.files.list(directory)!.filter((name) => /\.(ready|log)$/.test(name)), []);
  });
});

Deno.test("take() gives nothing and says so once, when runners fail", async () => {
  const messages: string[] = [];
  await withPools({ onSwitchOff: (message) => messages.push(message) }, async (pools, directory) => {
    const start = await shellRunner(directory, "echo broken; exit 3");
    pools.expect([start, start, start]);
    for (const name of ["1", "2", "3"]) {
      assertEquals(await pools.take(start, jobOf(start), { logPath: `${directory}/${name}` }), undefined);
    }
    assertEquals(messages.length, 1);
    assertStringIncludes(
      messages[0]!,
      "Tests of the shell runner start cold from here on: Runners have failed",
    );
    assertStringIncludes(messages[0]!, "broken");
    assertEquals(pools.counts, { warm: 0, cold: 3 });
  });
});

Deno.test("take() gives nothing, when there is no runner, the log has no place, or all has been stopped", async () => {
  await withPools({}, async (pools, directory) => {
    const start = await shellRunner(directory, SCRIPT);
    const none = { ...start, runnerFile: "none.sh" };
    pools.expect([none]);
    assertEquals(await pools.take(none, jobOf(none), { logPath: `${directory}/log` }), undefined);
    assertEquals(await pools.take(start, jobOf(start), { logPath: `${directory}/none/log` }), undefined);
    await pools.stop();
    assertEquals(await pools.take(start, jobOf(start), { logPath: `${directory}/log` }), undefined);
    for (const pid of pidsIn(directory)) assert(isGone(pid));
  });
});

Deno.test("take() rejects with the reason, when it is aborted", async () => {
  await withPools({}, async (pools, directory) => {
    const start = await shellRunner(directory, `echo $$ >> pids; exec sleep 60`);
    const abort = new AbortController();
    const options = { logPath: `${directory}/log`, signal: abort.signal };
    const taken = pools.take(start, jobOf(start), options);
    await waitUntil("it waits", () => pidsIn(directory).length === 1);
    abort.abort(new Error("enough"));
    await assertRejects(() => taken, Error, "enough");
    await assertRejects(() => pools.take(start, jobOf(start), options), Error, "enough");
  });
});

Deno.test("take() gives up a runner that takes many times as long as a cold test", async () => {
  await withPools({}, async (pools, directory) => {
    const start = await shellRunner(directory, `exec sleep 60`);
    const ended = Promise.resolve(10);
    const take = () => pools.take(start, jobOf(start), { logPath: `${directory}/log`, ended });
    // The first starts cold, and shows how long that takes.
    assertEquals(await take(), undefined);
    const startMs = performance.now();
    assertEquals(await take(), undefined);
    assert(performance.now() - startMs < 30_000);
  });
});

Deno.test("runners that wait end within two seconds, when the driver is ended by KILL", async () => {
  await withTempDir(async (directory) => {
    const program = new URL("../../support/pools_program.ts", import.meta.url).pathname;
    const driver = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", program, directory, SCRIPT, directory],
      stdin: "null",
      stdout: "piped",
    }).spawn();
    const reader = driver.stdout.getReader();
    await reader.read();
    await reader.cancel();
    assertEquals(pidsIn(directory).filter((pid) => !isGone(pid)).length, 10);
    driver.kill("SIGKILL");
    await driver.status;
    await waitUntil("all are gone", () => markedProcesses("PREKILL_ID", directory).length === 0, 2000);
  });
});

Deno.test("take() goes on with other tests, when a runner that knows its test fails", async () => {
  const messages: string[] = [];
  await withPools({ size: 1, onSwitchOff: (message) => messages.push(message) }, async (pools, directory) => {
    const bad = { ...await shellRunner(directory, "echo $$ >> pids; exit 3", "bad.sh"), isForOneTest: true };
    const good = { ...await shellRunner(directory, SCRIPT, "good.sh"), isForOneTest: true };
    pools.expect([bad, good]);
    await waitUntil("the other has started as well", () => pidsIn(directory).length === 2);
    assertEquals(await pools.take(bad, jobOf(bad), { logPath: `${directory}/1` }), undefined);
    const child = await pools.take(good, jobOf(good), { logPath: `${directory}/2` });
    assertEquals(await child?.exited, { kind: "exited", code: 7 });
    assertEquals(pidsIn(directory).length, 2);
    assertEquals(messages, []);
  });
});
