import assert from "node:assert/strict";
import { test } from "node:test";
import { fixture } from "./support/fixture.ts";
import { nonblocking } from "./support/nonblocking.ts";
import { run, start, textOf } from "./support/run.ts";
import { unlessInstalled, unlessProc } from "./support/skip_unless.ts";

test("writeSync() writes all of it, when the reader is slow", async () => {
  const { stdout, stderr } = await run(...fixture("write_sync_much", "1024"));
  assert.deepEqual([stdout.length, stderr], [1024 * 1024, "done"]);
});

test(
  "writeSync() writes all of it, when the pipe does not block",
  { skip: unlessInstalled("python3") },
  async () => {
    const { stdout, stderr } = await run("python3", nonblocking("write_sync_much", "1024"));
    assert.deepEqual([stdout, stderr], [`${1024 * 1024} 0123456789abcdef\n`, "done"]);
  },
);

test("writeSync() ignores it, when the reader has closed", async () => {
  const child = start(...fixture("write_sync_much", "1024"));
  await child.stdout!.cancel();
  assert.equal(await textOf(child.stderr), "done");
  assert.deepEqual(await child.exited, { kind: "exited", code: 0 });
});

test("writeSync() throws, when standard output cannot be written", { skip: unlessProc }, async () => {
  const [program, args] = fixture("write_sync_much", "1");
  const script = 'exec "$@" > /dev/full';
  const { stderr } = await run("sh", ["-c", script, "sh", program, ...args]);
  assert.equal(stderr, "HostError: Cannot write to standard output: the disk is full");
});
