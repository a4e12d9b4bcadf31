import assert from "node:assert/strict";
import { test } from "node:test";
import { runTool, type RunToolOptions, type ToolResult } from "../../src/runtime/run_tool.ts";
import { waitUntil } from "../support/wait_until.ts";
import { withTempDirectory } from "./support/temp_directory.ts";
import { runtime } from "./subject.ts";

/** Only a broken tool runner ever waits so long. */
const LONG_MS = 30_000;

function runScript(script: string, rest: Partial<RunToolOptions> = {}): Promise<ToolResult> {
  return runTool(runtime, { program: "sh", args: ["-c", script], timeoutMs: LONG_MS, ...rest });
}

test("runTool() returns output and exit, when the tool ends", async () => {
  const ok = await runScript("cat; echo out; echo err >&2");
  assert.deepEqual({ ...ok, ms: 0 }, {
    status: "ok",
    exit: { kind: "exited", code: 0 },
    stdout: "out\n",
    stderr: "err\n",
    ms: 0,
  });
  const failed = await runScript("echo out; exit 3");
  assert.deepEqual([failed.status, failed.exit, failed.stdout], [
    "failed",
    { kind: "exited", code: 3 },
    "out\n",
  ]);
});

test("runTool() says missing or failed, when the tool cannot be started", async () => {
  const options = { args: [], timeoutMs: LONG_MS };
  const missing = await runTool(runtime, { program: "prekill-no-such-tool", ...options });
  assert.equal(missing.status, "missing");
  const failed = await runTool(runtime, { program: "/etc/passwd", ...options });
  assert.equal(failed.status, "failed");
  assert.match(failed.stderr, /^Cannot start the command "\/etc\/passwd": /);
});

test("runTool() kills the tool, when the time is up", async () => {
  const result = await runScript("exec sleep 1000", { timeoutMs: 50 });
  assert.deepEqual([result.status, result.exit], ["timeout", { kind: "signalled", signal: "SIGKILL" }]);
});

test("runTool() kills the whole group, when the signal aborts", async () => {
  await withTempDirectory(async (directory) => {
    const controller = new AbortController();
    const pending = runScript("sleep 1000 & echo $! > pid; wait", {
      signal: controller.signal,
      cwd: directory,
    });
    const pid = await waitUntil(
      "the tool has started",
      () => Number(runtime.files.readText(`${directory}/pid`)),
    );
    controller.abort();
    assert.equal((await pending).status, "timeout");
    await waitUntilGone(pid);
  });
});

test("runTool() does not start the tool, when there is no time left or the signal is aborted", async () => {
  await withTempDirectory(async (directory) => {
    for (const rest of [{ timeoutMs: 0 }, { timeoutMs: -1 }, { signal: AbortSignal.abort() }]) {
      const result = await runScript("touch started", { ...rest, cwd: directory });
      assert.deepEqual([result.status, result.exit], ["timeout", undefined]);
    }
    assert.deepEqual(runtime.files.list(directory), []);
  });
});

test("runTool() kills the tool, when it writes more than maxBytes", async () => {
  const result = await runScript("exec yes", { maxBytes: 1000 });
  assert.deepEqual([result.status, result.exit], ["failed", { kind: "signalled", signal: "SIGKILL" }]);
  assert.match(result.stdout, /^(y\n)+y?$/);
  assert.match(result.stderr, /wrote more/);
});

test("runTool() does not wait for its output to end, when a grandchild holds it", async () => {
  const result = await runScript("sleep 1000 & echo $!");
  try {
    assert.equal(result.status, "ok");
    assert.ok(result.ms < LONG_MS / 2);
  } finally {
    runtime.kill(Number(result.stdout), "SIGKILL");
  }
});

/** A zombie counts as gone. */
function waitUntilGone(pid: number): Promise<unknown> {
  return waitUntil(`process ${pid} is gone`, () => {
    const stat = runtime.files.readText(`/proc/${pid}/stat`);
    return runtime.kill(pid, undefined) === "gone" || stat?.includes(") Z ");
  });
}
