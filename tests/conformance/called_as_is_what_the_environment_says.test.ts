import assert from "node:assert/strict";
import process from "node:process";
import { test } from "node:test";
import { runtime } from "./subject.ts";

test("calledAs is what PREKILL_ARGV0 says, when that is set", () => {
  const before = process.env["PREKILL_ARGV0"];
  process.env["PREKILL_ARGV0"] = "/some/timeout";
  try {
    assert.equal(runtime.calledAs, "/some/timeout");
  } finally {
    if (before === undefined) delete process.env["PREKILL_ARGV0"];
    else process.env["PREKILL_ARGV0"] = before;
  }
});
