import type { AttemptResult, DriverEvent, DriverOptions } from "../../../src/driver/driver_options.ts";
import { ProcessDriver } from "../../../src/driver/process_driver.ts";
import type { HookOutput, PreKillContext } from "../../../src/hooks/hook.ts";
import { host } from "../../../src/runtime/host.ts";
import { assert, assertEquals, assertRejects } from "../../support/assert.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const FOREVER: DriverOptions = { command: ["sleep", "1000"], stdin: "null", output: { kind: "inherit" } };

function isGone(pid: number): boolean {
  const stat = host.files.readText(`/proc/${pid}/stat`);
  return stat === undefined || /\) [ZX] /.test(stat);
}

class FailsOnStart extends ProcessDriver {
  protected override onProcessStarted(): void {
    throw new Error("broken");
  }
}

class FailsOnStartLater extends ProcessDriver {
  protected override async onProcessStarted(): Promise<void> {
    await Promise.resolve();
    throw new Error("broken");
  }
}

class FailsOnEveryEvent extends ProcessDriver {
  protected override onEvent(_event: DriverEvent): void {
    throw new Error("broken");
  }
}

for (const Driver of [FailsOnStart, FailsOnStartLater, FailsOnEveryEvent]) {
  Deno.test(`run() ends the process and rejects with what an override threw, in ${Driver.name}`, async () => {
    const driver = new Driver(FOREVER);
    const error = await assertRejects(() => driver.run(), Error);
    assertEquals((error as Error).message, "broken");
    assert(driver.pid > 0 && isGone(driver.pid), "the process must be gone");
    const kinds = (await Array.fromAsync(driver.events())).map((event) => event.kind);
    assertEquals(kinds[0], "attempt-started");
    assertEquals(kinds.at(-1), "attempt-settled");
  });
}

Deno.test("run() rejects with what onProcessExited() threw, and events() end", async () => {
  class Driver extends ProcessDriver {
    protected override onProcessExited(_result: AttemptResult): void {
      throw new Error("broken");
    }
  }
  const driver = new Driver({ ...FOREVER, command: ["true"] });
  await assertRejects(() => driver.run(), Error, "broken");
  assertEquals((await Array.fromAsync(driver.events())).at(-1)?.kind, "attempt-settled");
});

Deno.test("run() resolves after onProcessExited() has, when that is asynchronous", async () => {
  let done = false;
  class Driver extends ProcessDriver {
    protected override async onProcessExited(_result: AttemptResult): Promise<void> {
      for (let turn = 0; turn < 100; turn++) await Promise.resolve();
      done = true;
    }
  }
  await new Driver({ ...FOREVER, command: ["true"] }).run();
  assert(done);
});

Deno.test("run() kills the process and rejects, when the system has no such soft signal", async () => {
  const driver = new ProcessDriver({ ...FOREVER, timeoutMs: 50, softSignal: "SIGBOGUS" });
  await assertRejects(() => driver.run(), Error, "SIGBOGUS");
  assert(isGone(driver.pid), "the process must be gone");
});

Deno.test("events() end, when run() rejects because the log cannot be created", async () => {
  const driver = new ProcessDriver({ ...FOREVER, output: { kind: "log", path: "/dev/null/log" } });
  const events = Array.fromAsync(driver.events());
  await assertRejects(() => driver.run(), Error, "Cannot");
  assertEquals(await events, []);
});

Deno.test("cancel() in onEvent() ends the hook that is about to run", async () => {
  let aborted = false;
  class Driver extends ProcessDriver {
    protected override onEvent(event: DriverEvent): void {
      if (event.kind === "sampling") this.cancel();
    }
    protected override async onTimeoutPreKill(context: PreKillContext, _output: HookOutput): Promise<void> {
      await waitUntil("the hook is aborted", () => context.signal.aborted, 10_000);
      aborted = true;
    }
  }
  await new Driver({ ...FOREVER, timeoutMs: 50 }).run();
  assert(aborted);
});

Deno.test("run() has the record of a hook that was ended early, and settles after it", async () => {
  await withTempDir(async (sessionDir) => {
    const sampling = Promise.withResolvers<void>();
    class Driver extends ProcessDriver {
      protected override async onTimeoutPreKill(context: PreKillContext, output: HookOutput): Promise<void> {
        sampling.resolve();
        await waitUntil("the process is gone", () => context.signal.aborted && isGone(this.pid));
        output.write("seen at the end\n");
      }
    }
    const driver = new Driver({ ...FOREVER, timeoutMs: 50, sessionDir });
    const running = driver.run();
    await sampling.promise;
    driver.cancel();
    const { hook } = await running;
    assertEquals(hook?.files.length, 1);
    assertEquals(Deno.readTextFileSync(hook!.files[0]!).includes("seen at the end"), true);
    const kinds = (await Array.fromAsync(driver.events())).map((event) => event.kind);
    assertEquals(kinds.slice(-2), ["sampled", "attempt-settled"]);
  });
});

Deno.test("run() starts nothing, when cancel() was called before it", async () => {
  const driver = new ProcessDriver(FOREVER);
  driver.cancel("SIGINT");
  const { outcome, pid } = await driver.run();
  assertEquals(outcome, { kind: "cancelled", signal: "SIGINT", exit: undefined });
  assertEquals(pid, 0);
});

Deno.test("elapsedMs counts from the start, not from the making of the driver", async () => {
  const driver = new ProcessDriver({ ...FOREVER, command: ["true"] });
  const madeMs = performance.now();
  await waitUntil("some time has passed", () => performance.now() - madeMs > 100);
  assertEquals(driver.elapsedMs, 0);
  const runMs = performance.now();
  const { elapsedMs } = await driver.run();
  assert(elapsedMs <= performance.now() - runMs + 1, `${elapsedMs} ms are too many`);
});

Deno.test("run() writes a relative log from the caller's directory, when the command has another one", async () => {
  await withTempDir(async (cwd) => {
    Deno.mkdirSync(`${cwd}/inner`);
    const { output } = await new ProcessDriver({
      ...FOREVER,
      command: ["echo", "hello"],
      cwd: `${cwd}/inner`,
      output: { kind: "log", path: `${relativeRoot()}${cwd}/log` },
    }).run();
    assertEquals(output.tail, "hello\n");
    assertEquals([...Deno.readDirSync(`${cwd}/inner`)], []);
  });
});

/** The way from the caller's directory up to the root. */
function relativeRoot(): string {
  return Deno.cwd().split("/").slice(1).map(() => "..").join("/");
}

Deno.test("await using lets a process that is being ended keep its grace period", async () => {
  await withTempDir(async (cwd) => {
    const script =
      'trap "until [ -e go ]; do sleep 0.01; done; exit 7" TERM; touch ready; while :; do sleep 0.01; done';
    let result: Promise<AttemptResult> | undefined;
    {
      await using driver = new ProcessDriver({ ...FOREVER, command: ["sh", "-c", script], cwd });
      result = driver.run();
      await waitUntil("the trap is set", () => host.files.stat(`${cwd}/ready`));
      driver.cancel();
      queueMicrotask(() => queueMicrotask(() => Deno.writeTextFileSync(`${cwd}/go`, "")));
    }
    assertEquals((await result).outcome, {
      kind: "cancelled",
      signal: undefined,
      exit: { kind: "exited", code: 7 },
    });
  });
});
