import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { fixture } from "./support/fixture.ts";
import { runShell, start, textOf } from "./support/run.ts";

test("pid, parentPid and cwd are those of the process", async () => {
  const [program, args] = fixture("print_facts");
  const child = start(program, args, { cwd: "/", env: { ...runtime.environment(), MARKER: "ü" } });
  const facts = JSON.parse(await textOf(child.stdout));
  await child.stderr!.cancel();
  await child.exited;
  assert.deepEqual(facts, { pid: child.pid, parentPid: runtime.pid, cwd: "/", marker: "ü" });
});

test("hostName is as uname tells", async () => {
  assert.equal(runtime.hostName, (await runShell("uname -n")).stdout.trim());
});

test("os, arch and number of processors are as uname and nproc tell", async () => {
  const { stdout } = await runShell("uname -sm; nproc");
  const [system, processors] = stdout.split("\n");
  assert.equal(`${runtime.os} ${runtime.arch}`, system!.toLowerCase().replace("arm64", "aarch64"));
  assert.equal(runtime.cpuCount, Number(processors));
  assert.match(runtime.version, /^\d+\.\d+\.\d+/);
});
