import { warmStartKey, warmStartKind } from "../../../src/prespawn/warm_start_key.ts";
import type { WarmStart } from "../../../src/prespawn/warm_start.ts";
import { assert, assertEquals } from "../../support/assert.ts";

const START: WarmStart = {
  runner: "python",
  command: ["python3", "/cache/python.py"],
  runnerFile: "/cache/python.py",
  cwd: "/project",
  env: { LANG: "C", TZ: "UTC" },
  preloads: ["numpy"],
};

Deno.test("warmStartKey() is equal for starts that differ in nothing but the order of the environment", () => {
  assertEquals(warmStartKey({ ...START, env: { TZ: "UTC", LANG: "C" } }), warmStartKey(START));
});

Deno.test("warmStartKey() differs, when anything that the runner starts with does", () => {
  const others: Partial<WarmStart>[] = [
    { runner: "pytest" },
    { command: ["python3", "-O", "/cache/python.py"] },
    { runnerFile: "/cache/other.py" },
    { cwd: "/other" },
    { env: { LANG: "C", TZ: "CET" } },
    { preloads: [] },
  ];
  for (const other of others) {
    assert(warmStartKey({ ...START, ...other }) !== warmStartKey(START), JSON.stringify(other));
  }
});

Deno.test("warmStartKind() is that of the runner and what it loads", () => {
  assertEquals(warmStartKind({ ...START, cwd: "/other" }), warmStartKind(START));
  assert(warmStartKind({ ...START, preloads: [] }) !== warmStartKind(START));
});
