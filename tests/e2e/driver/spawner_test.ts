import type { DriverOptions } from "../../../src/driver/driver_options.ts";
import { HookedDriver } from "../../../src/driver/hooked_driver.ts";
import { host } from "../../../src/runtime/host.ts";
import type { Child } from "../../../src/runtime/port.ts";
import { withResolvers } from "../../../src/std/with_resolvers.ts";
import { assertEquals } from "../../support/assert.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

/** A shell that waits for the script that it is to be. */
function startBeforehand(): Child {
  return host.spawn({
    program: "sh",
    args: ["-c", 'read -r script; eval "$script"'],
    newSession: true,
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  });
}

function optionsIn(folder: string): DriverOptions {
  return {
    command: ["the-test", "--flag"],
    output: { kind: "log", path: `${folder}/log` },
    sessionDir: `${folder}/session`,
    stdin: "null",
    sampleTimeMs: 50,
  };
}

async function give(child: Child, script: string): Promise<Child> {
  const writer = child.stdin!.getWriter();
  await writer.write(new TextEncoder().encode(`${script}\n`));
  await writer.close();
  return child;
}

Deno.test("run() drives the process that its spawner gives, and names it by the command of the test", () =>
  withTempDir(async (folder) => {
    const waiting = startBeforehand();
    await using driver = new HookedDriver({
      ...optionsIn(folder),
      timeoutMs: 100,
      spawner: () => give(waiting, "exec sleep 1000"),
    });
    const { outcome, pid, hook } = await driver.run();
    assertEquals([outcome.kind, pid], ["timed-out", waiting.pid]);
    assertEquals(hook?.diagnosis?.program, "the-test");
  }));

Deno.test("run() starts the command itself, when the spawner has none", () =>
  withTempDir(async (folder) => {
    const { promise: asked, resolve: ask } = withResolvers<readonly string[]>();
    await using driver = new HookedDriver({
      ...optionsIn(folder),
      command: ["sh", "-c", "exit 3"],
      spawner: ({ program, args, outputPath, env }) => {
        ask([program, ...args, outputPath, String(env.PREKILL_ID === driver.id)]);
        return Promise.resolve(undefined);
      },
    });
    assertEquals((await driver.run()).outcome, { kind: "exited", code: 3 });
    assertEquals(await asked, ["sh", "-c", "exit 3", `${folder}/log`, "true"]);
  }));

Deno.test("cancel() ends the waiting for a process, and nothing is started", () =>
  withTempDir(async (folder) => {
    const { promise: asked, resolve: ask } = withResolvers<void>();
    const driver = new HookedDriver({
      ...optionsIn(folder),
      spawner: (_command, signal) => {
        ask();
        return new Promise((resolve) => signal.addEventListener("abort", () => resolve(undefined)));
      },
    });
    const result = driver.run();
    await asked;
    driver.cancel("SIGINT");
    assertEquals((await result).outcome, { kind: "cancelled", signal: "SIGINT", exit: undefined });
    assertEquals(driver.pid, 0);
  }));
