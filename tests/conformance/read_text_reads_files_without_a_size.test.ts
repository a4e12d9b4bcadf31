import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { unlessProc } from "./support/skip_unless.ts";

test("readText() reads files of /proc, which have no size", { skip: unlessProc }, () => {
  assert.match(runtime.files.readText("/proc/self/stat") ?? "", new RegExp(`^${runtime.pid} \\(`));
  const maps = runtime.files.readText("/proc/self/maps") ?? "";
  assert.ok(maps.includes("[stack]"), "the list of mappings goes on for longer than one read");
});
