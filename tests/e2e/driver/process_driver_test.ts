import type { AttemptResult, DriverEvent, DriverOptions } from "../../../src/driver/driver_options.ts";
import { ProcessDriver } from "../../../src/driver/process_driver.ts";
import type { HookOutput, PreKillContext } from "../../../src/hooks/hook.ts";
import { host } from "../../../src/runtime/host.ts";
import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { waitUntil } from "../../support/wait_until.ts";

/** Runs a shell script under a driver; the log is its output, so that tests do not print. */
async function drive(
  script: string,
  options: Partial<DriverOptions> = {},
  Driver: typeof ProcessDriver = ProcessDriver,
): Promise<AttemptResult & { events: DriverEvent[] }> {
  const folder = Deno.makeTempDirSync();
  try {
    await using driver = new Driver({
      command: ["sh", "-c", script],
      output: { kind: "log", path: `${folder}/log` },
      stdin: "null",
      sessionDir: `${folder}/session`,
      ...options,
    });
    const result = await driver.run();
    return { ...result, events: await Array.fromAsync(driver.events()) };
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function isGone(pid: number): boolean {
  const stat = host.files.readText(`/proc/${pid}/stat`);
  return stat === undefined || /\) [ZX] /.test(stat);
}

/** Pids that the script printed as `pid=N`. */
function printedPids(result: AttemptResult): number[] {
  return [...result.output.tail.matchAll(/pid=(\d+)/g)].map((match) => Number(match[1]));
}

Deno.test("run() tells the process's own exit, when it ends in time", async () => {
  assertEquals((await drive("exit 3")).outcome, { kind: "exited", code: 3 });
  assertEquals((await drive("kill -USR1 $$")).outcome, { kind: "signalled", signal: "SIGUSR1" });
});

Deno.test("run() does not wait for a background child that holds the output, and names it as a leak", async () => {
  const result = await drive("sleep 1000 & echo pid=$!");
  assertEquals(result.outcome, { kind: "exited", code: 0 });
  assertEquals(result.leaks.map((leak) => [leak.command.join(" "), leak.fate]), [["sleep 1000", "killed"]]);
  assert(isGone(printedPids(result)[0]!));
});

Deno.test("run() finds and ends a daemon with its own session and no stdio, by its cookie", async () => {
  const result = await drive("setsid sh -c 'sleep 1000 & echo pid=$!' >&1; exit 0");
  assertEquals(result.leaks.map((leak) => leak.fate), ["killed"]);
  assert(isGone(printedPids(result)[0]!));
});

Deno.test("run() leaves leaks alone, when told to keep them", async () => {
  const result = await drive("sleep 1000 & echo pid=$!", { leaks: "keep" });
  const pid = printedPids(result)[0]!;
  assertEquals(result.leaks.map((leak) => leak.fate), ["kept"]);
  assert(!isGone(pid));
  Deno.kill(pid, "SIGKILL");
});

Deno.test("run() says timed out, when the process traps TERM and exits 0", async () => {
  const result = await drive("trap 'exit 0' TERM; while :; do sleep 0.01; done", { timeoutMs: 300 });
  assertEquals(result.outcome, {
    kind: "timed-out",
    limit: "timeout",
    exit: { kind: "exited", code: 0 },
    killed: false,
  });
});

Deno.test("run() kills the whole group, when it ignores the soft signal", async () => {
  const script =
    "trap '' TERM; sh -c 'echo pid=$$; while :; do sleep 0.01; done' & while :; do sleep 0.01; done";
  const result = await drive(script, { timeoutMs: 300, graceMs: 100 });
  assert(result.outcome.kind === "timed-out" && result.outcome.killed);
  assert(isGone(printedPids(result)[0]!));
});

Deno.test("run() ends a stopped process by the soft signal alone, since CONT follows it", async () => {
  const result = await drive("kill -STOP $$", { timeoutMs: 300, graceMs: 60_000 });
  assert(result.outcome.kind === "timed-out" && !result.outcome.killed);
});

Deno.test("run() ends descendants in other groups and sessions, when a limit runs out", async () => {
  const script = "setsid sh -c 'echo pid=$$; exec sleep 1000' & (setsid sleep 1000 & echo pid=$!) ; wait";
  const result = await drive(script, { timeoutMs: 500, graceMs: 100 });
  assertEquals(result.outcome.kind, "timed-out");
  const pids = printedPids(result);
  assertEquals(pids.length, 2);
  for (const pid of pids) await waitUntil(`process ${pid} is gone`, () => isGone(pid));
});

Deno.test("run() reports the idle limit, when output stops", async () => {
  const result = await drive("echo working; sleep 1000", { idleTimeoutMs: 300 });
  assert(result.outcome.kind === "timed-out" && result.outcome.limit === "idle");
  assertStringIncludes(result.output.tail, "working");
});

Deno.test("run() reports the startup limit, when no output comes at all", async () => {
  const result = await drive("sleep 1000", { startupTimeoutMs: 200, timeoutMs: 60_000 });
  assert(result.outcome.kind === "timed-out" && result.outcome.limit === "startup");
});

Deno.test("run() reports slow and goes on, when the process takes longer than slowAfterMs", async () => {
  const result = await drive("sleep 0.5", { slowAfterMs: 50 });
  assertEquals(result.outcome, { kind: "exited", code: 0 });
  assertEquals(result.events.filter((event) => event.kind === "slow").length, 1);
});

Deno.test("events() are numbered without gaps and end with one attempt-settled", async () => {
  const { events } = await drive("sleep 1000", { timeoutMs: 100 });
  assertEquals(events.map((event) => event.seq), events.map((_, index) => index));
  assertEquals(events.map((event) => event.kind), [
    "attempt-started",
    "limit-reached",
    "sampling",
    "sampled",
    "signal-sent",
    "exited",
    "attempt-settled",
  ]);
});

Deno.test("run() tells a command that cannot be started from one that failed", async () => {
  const missing = await drive("", { command: ["no-such-program-anywhere"] });
  assert(missing.outcome.kind === "not-started" && missing.outcome.reason === "not-found");
  const folder = await drive("", { command: ["/tmp"], output: { kind: "inherit" } });
  assert(folder.outcome.kind === "not-started" && folder.outcome.reason === "not-executable");
});

Deno.test("run() ends the process, when its AbortSignal is aborted", async () => {
  const controller = new AbortController();
  class Aborting extends ProcessDriver {
    protected override onProcessStarted(): void {
      controller.abort();
    }
  }
  const result = await drive("sleep 1000", { signal: controller.signal }, Aborting);
  assertEquals(result.outcome.kind, "cancelled");
  assertEquals((await drive("sleep 1000", { signal: controller.signal })).pid, 0);
});

Deno.test("await using ends the process, when the block is left early", async () => {
  let pid: number;
  {
    await using driver = new ProcessDriver({ command: ["sleep", "1000"], stdin: "null" });
    driver.run();
    pid = driver.pid;
    assert(!isGone(pid));
  }
  assert(isGone(pid));
});

Deno.test("onTimeoutPreKill() sees the process untouched, and its failure does not stop the driver", async () => {
  let state = "";
  class Throwing extends ProcessDriver {
    protected override onTimeoutPreKill(context: PreKillContext, output: HookOutput): void {
      state = /\) (\w) /.exec(host.files.readText(`/proc/${this.pid}/stat`)!)![1]!;
      output.write(`${context.testName} hangs\n`);
      throw new Error("hook broken");
    }
  }
  const result = await drive("sleep 1000", { timeoutMs: 100 }, Throwing);
  assertEquals(state, "S");
  assertEquals(result.outcome.kind, "timed-out");
  assertEquals(result.hook?.status, "failed");
  assertStringIncludes(result.hook?.message ?? "", "hook broken");
  assertEquals(result.hook?.files.length, 1);
});

Deno.test("onTimeoutPreKill() is left behind at its limit, when it never returns", async () => {
  class Hanging extends ProcessDriver {
    protected override onTimeoutPreKill(): Promise<void> {
      return new Promise(() => {});
    }
  }
  const result = await drive("sleep 1000", { timeoutMs: 100, hookTimeoutMs: 100 }, Hanging);
  assertEquals(result.outcome.kind, "timed-out");
  assertEquals(result.hook?.status, "timed-out");
});

Deno.test("onTimeoutPreKill() may kill the process itself", async () => {
  class Killing extends ProcessDriver {
    protected override onTimeoutPreKill(): void {
      Deno.kill(this.pid, "SIGKILL");
    }
  }
  const result = await drive("sleep 1000", { timeoutMs: 100 }, Killing);
  assert(result.outcome.kind === "timed-out");
  assertEquals(result.outcome.exit, { kind: "signalled", signal: "SIGKILL" });
});

Deno.test("run() keeps the end of the output only, whatever its volume", async () => {
  const result = await drive("yes prekill | head -c 20000000; echo the end", { tailBytes: 1000 });
  assertEquals(result.output.bytes, 20_000_008);
  assertEquals(result.output.tail.length, 1000);
  assertStringIncludes(result.output.tail, "the end");
});

Deno.test("run() counts a process that closes its output early as running, until it exits", async () => {
  const result = await drive("exec >&- 2>&-; sleep 0.2; exit 5", { output: { kind: "forward" } });
  assertEquals(result.outcome, { kind: "exited", code: 5 });
  const finished = await drive("exec >&- 2>&-; sleep 1000", {
    output: { kind: "forward" },
    exitTimeoutMs: 100,
  });
  assert(finished.outcome.kind === "timed-out" && finished.outcome.limit === "exit");
});
