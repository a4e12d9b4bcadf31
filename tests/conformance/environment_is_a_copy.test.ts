import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";

test("environment() is a copy of the whole, and getEnv() looks one up", () => {
  const environment = runtime.environment();
  assert.ok(Object.values(environment).every((value) => typeof value === "string"));
  assert.equal(environment["PATH"], runtime.getEnv("PATH"));
  environment["PREKILL_TEST_COPY"] = "changed";
  assert.equal(runtime.getEnv("PREKILL_TEST_COPY"), undefined);
});
