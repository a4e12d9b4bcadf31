import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";

test("onSignal() ignores a signal that the system does not know, or that cannot be caught", () => {
  for (const signal of ["SIGNONE", "SIGKILL", "SIGSTOP"]) {
    const stop = runtime.onSignal(signal, () => {});
    assert.doesNotThrow(() => {
      stop();
      stop();
    });
  }
});
