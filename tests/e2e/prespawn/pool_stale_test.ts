import { PooledRunner } from "../../../src/prespawn/pooled_runner.ts";
import { host } from "../../../src/runtime/host.ts";
import { assertEquals } from "../../support/assert.ts";
import { shellRunner, WAITING } from "../../support/shell_runner.ts";
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
