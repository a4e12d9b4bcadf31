import type { HookDocument, PreKillContext } from "../../../src/hooks/hook.ts";
import type { PreKillHook } from "../../../src/hooks/load_pre_kill_hook.ts";
import { runPreKillHook, type RunPreKillHookOptions } from "../../../src/hooks/run_pre_kill_hook.ts";
import { host } from "../../../src/runtime/host.ts";
import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { attemptContext } from "../../support/attempt_context.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const LONG_MS = 60_000;

const hookOf = (
  doPreKill: PreKillHook["doPreKill"],
  source: PreKillHook["source"] = "user",
): PreKillHook => ({
  doPreKill,
  source,
});

function optionsWith(changes: Partial<RunPreKillHookOptions>): RunPreKillHookOptions {
  return { runtime: host, hook: undefined, hookTimeoutMs: LONG_MS, lateMs: 2, ...changes };
}

const textOf = (files: readonly string[]): string => Deno.readTextFileSync(files[0]!);

Deno.test("runPreKillHook() saves what the hook writes and passes on its diagnosis", () =>
  withTempDir(async (sessionDir) => {
    const diagnosis = { cause: "sleep" } as HookDocument["diagnosis"];
    let seen: PreKillContext | undefined;
    const hook = hookOf((_pid, context, output) => {
      seen = context;
      output.write("one\n");
      output.setDocument({ diagnosis, collectors: [] });
      output.write("two\n");
    });
    const record = await runPreKillHook(42, attemptContext({ sessionDir }), optionsWith({ hook }));
    assertEquals(record.status, "ok");
    assertEquals(record.reason, "timeout");
    assertEquals(record.message, undefined);
    assertEquals(record.diagnosis, diagnosis);
    assert(record.lateMs >= 2 && record.ms >= 0);
    assertEquals(record.files, [
      `${sessionDir}/orders_test.ts-42.sample`,
      `${sessionDir}/orders_test.ts-42.sample.json`,
    ]);
    assertEquals(textOf(record.files), "one\ntwo\n");
    assertEquals(seen?.testName, "orders");
    assertEquals(seen?.signal.aborted, false);
  }));

Deno.test("runPreKillHook() records an exception, and saves what was written before it", () =>
  withTempDir(async (sessionDir) => {
    for (const reject of [false, true]) {
      const hook = hookOf((_pid, _context, output) => {
        output.write("before\n");
        if (reject) return Promise.reject(new Error("no such\nthing"));
        throw new Error("no such\nthing");
      });
      const record = await runPreKillHook(42, attemptContext({ sessionDir }), optionsWith({ hook }));
      assertEquals(record.status, "failed");
      assertEquals(record.message, "the pre-kill hook failed: no such thing");
      assertEquals(textOf(record.files), "before\n");
    }
  }));

Deno.test("runPreKillHook() goes on without a hook that never resolves, after aborting its signal", () =>
  withTempDir(async (sessionDir) => {
    let aborted = false;
    let late = (): void => {};
    const hook = hookOf((_pid, context, output) => {
      output.write("before\n");
      late = () => output.write("late\n");
      context.signal.addEventListener("abort", () => aborted = true);
      return new Promise(() => {});
    });
    const record = await runPreKillHook(
      42,
      attemptContext({ sessionDir }),
      optionsWith({ hook, hookTimeoutMs: 20 }),
    );
    late();
    assertEquals(record.status, "timed-out");
    assertEquals(record.message, "the pre-kill hook did not finish within 20 ms");
    assertEquals(aborted, true);
    assertEquals(textOf(record.files), "before\n");
  }));

Deno.test("runPreKillHook() saves what a hook hands over, when its signal is aborted", () =>
  withTempDir(async (sessionDir) => {
    const hook = hookOf(async (_pid, context, output) => {
      await new Promise((resolve) => context.signal.addEventListener("abort", resolve));
      output.write("what there is\n");
    });
    const record = await runPreKillHook(
      42,
      attemptContext({ sessionDir }),
      optionsWith({ hook, hookTimeoutMs: 20 }),
    );
    assertEquals(record.status, "timed-out");
    assertEquals(textOf(record.files), "what there is\n");
  }));

Deno.test("runPreKillHook() records why a hook could not be loaded", () =>
  withTempDir(async (sessionDir) => {
    const hook = Promise.reject(new Error("Cannot load it"));
    const record = await runPreKillHook(42, attemptContext({ sessionDir }), optionsWith({ hook }));
    assertEquals(record.status, "failed");
    assertEquals(record.message, "the pre-kill hook failed: Cannot load it");
    assertEquals(record.files, []);
  }));

Deno.test("runPreKillHook() skips in silence, when there is no hook for the system", () =>
  withTempDir(async (directory) => {
    const sessionDir = `${directory}/session`;
    const record = await runPreKillHook(42, attemptContext({ sessionDir }), optionsWith({}));
    assertEquals([record.status, record.message, record.files], ["skipped", undefined, []]);
    assertEquals(host.files.stat(sessionDir), undefined);
  }));

Deno.test("runPreKillHook() skips the built-in hook with a warning, when the process is on another machine", () =>
  withTempDir(async (sessionDir) => {
    let calls = 0;
    const platform = { name: host.os, archs: [], url: "connect://device.local:1234" };
    const builtin = hookOf(() => void calls++, "builtin");
    const context = attemptContext({ sessionDir, platform });
    const record = await runPreKillHook(42, context, optionsWith({ hook: builtin }));
    assertEquals([record.status, calls], ["skipped", 0]);
    assertStringIncludes(record.message!, "connect://device.local:1234 is another machine");

    const user = hookOf(async (_pid, context) => {
      calls++;
      await context.builtin();
    });
    const second = await runPreKillHook(42, context, optionsWith({ hook: user }));
    assertEquals([second.status, calls], ["ok", 1]);
    assertStringIncludes(second.message!, "is another machine");
  }));

Deno.test("builtin() does nothing, when the system has no built-in hook", () =>
  withTempDir(async (sessionDir) => {
    const hook = hookOf((_pid, context) => context.builtin());
    const platform = { name: "plan9", archs: [] };
    const record = await runPreKillHook(42, attemptContext({ sessionDir, platform }), optionsWith({ hook }));
    assertEquals([record.status, record.message, record.files], ["ok", undefined, []]);
  }));

Deno.test("runPreKillHook() returns the text, when it cannot be written", () =>
  withTempDir(async (directory) => {
    Deno.writeTextFileSync(`${directory}/taken`, "");
    const hook = hookOf((_pid, _context, output) => output.write("evidence\n"));
    const context = attemptContext({ sessionDir: `${directory}/taken` });
    const record = await runPreKillHook(42, context, optionsWith({ hook }));
    assertEquals([record.status, record.files, record.unsavedText], ["ok", [], "evidence\n"]);
    assertStringIncludes(record.message!, "Cannot use the session directory");
  }));

Deno.test("runPreKillHook() saves the output of a command under its heading, after the hook's", () =>
  withTempDir(async (sessionDir) => {
    const hook = hookOf((_pid, _context, output) => output.write("hook\n"));
    const preKillCommand =
      'echo "{pid} $PREKILL_PID $PREKILL_TEST $PREKILL_REASON $PREKILL_SESSION_DIR"; echo bad >&2';
    const record = await runPreKillHook(
      42,
      attemptContext({ sessionDir }),
      optionsWith({ hook, preKillCommand }),
    );
    assertEquals([record.status, record.message], ["ok", undefined]);
    assertEquals(
      textOf(record.files).replace(/\(\d.*\)\.\n$/, "(…).\n"),
      `hook\n\nPre-kill command: ${preKillCommand.replace("{pid}", "42")}\n` +
        `42 42 orders timeout ${sessionDir}\nbad\nThe command exited with status 0 (…).\n`,
    );
  }));

Deno.test("runPreKillHook() runs the command, when there is no hook, and records its bad end", () =>
  withTempDir(async (sessionDir) => {
    const run = (preKillCommand: string, hookTimeoutMs = LONG_MS) =>
      runPreKillHook(42, attemptContext({ sessionDir }), optionsWith({ preKillCommand, hookTimeoutMs }));
    const failed = await run("exit 3");
    assertEquals([failed.status, failed.message], ["failed", "the pre-kill command exited with status 3"]);
    const killed = await run("kill -9 $$");
    assertEquals([killed.status, killed.message], ["failed", "the pre-kill command was ended by SIGKILL"]);
    const hung = await run("echo started; sleep 1000", 2000);
    assertEquals(hung.status, "timed-out");
    assertStringIncludes(hung.message!, "the pre-kill command did not end within");
    assertStringIncludes(textOf(hung.files), "started\n");
  }));

Deno.test("runPreKillHook() leaves time for the command, when the hook hangs", () =>
  withTempDir(async (sessionDir) => {
    const hook = hookOf(() => new Promise(() => {}));
    const record = await runPreKillHook(
      42,
      attemptContext({ sessionDir }),
      optionsWith({ hook, preKillCommand: "echo still here", hookTimeoutMs: 3000 }),
    );
    assertEquals(record.status, "timed-out");
    assertStringIncludes(textOf(record.files), "still here\n");
  }));

Deno.test("runPreKillHook() ends hook and command early, when it is told to", () =>
  withTempDir(async (sessionDir) => {
    const ending = new AbortController();
    const hook = hookOf((_pid, context, output) => {
      output.write("before\n");
      const handedOver = new Promise<void>((resolve) =>
        context.signal.addEventListener("abort", () => resolve())
      );
      ending.abort();
      return handedOver;
    });
    const record = await runPreKillHook(
      42,
      attemptContext({ sessionDir }),
      optionsWith({ hook, preKillCommand: "sleep 1000", abort: ending.signal }),
    );
    assertEquals(record.status, "timed-out");
    assertStringIncludes(
      record.message!,
      "the pre-kill hook was ended early; the pre-kill command was ended early",
    );
    assertStringIncludes(textOf(record.files), "before\n");
  }));

Deno.test("runPreKillHook() sets no limit, when the limit is 0", () =>
  withTempDir(async (sessionDir) => {
    const hook = hookOf((_pid, _context, output) => output.write("hook\n"));
    const record = await runPreKillHook(
      42,
      attemptContext({ sessionDir }),
      optionsWith({ hook, preKillCommand: "echo command", hookTimeoutMs: 0 }),
    );
    assertEquals(record.status, "ok");
    assertStringIncludes(textOf(record.files), "command\n");
  }));

Deno.test("runPreKillHook() records an error that a hook leaves uncaught", () =>
  withTempDir(async (sessionDir) => {
    const hook = hookOf((_pid, _context, output) => {
      output.write("before\n");
      void Promise.reject(new Error("nobody waits for me"));
      return new Promise((resolve) => setTimeout(resolve, 0));
    });
    const record = await runPreKillHook(42, attemptContext({ sessionDir }), optionsWith({ hook }));
    assertEquals(record.status, "failed");
    assertEquals(record.message, "the pre-kill hook left an error uncaught: nobody waits for me");
    assertEquals(textOf(record.files), "before\n");
  }));
