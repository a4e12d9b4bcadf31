import type { AttemptContext } from "../../src/hooks/hook.ts";
import { host } from "../../src/runtime/host.ts";

/**
 * What a driver would tell a hook about an attempt, with values that do no harm.
 *
 * @param changes replaces some of them
 * @returns the context
 */
export function attemptContext(changes: Partial<AttemptContext>): AttemptContext {
  return {
    testName: "orders",
    testFile: "tests/orders_test.ts",
    command: ["deno", "test"],
    cwd: host.cwd(),
    attempt: 1,
    reason: "timeout",
    sessionDir: "/nonexistent",
    sampleTimeMs: 0,
    elapsedMs: 1000,
    platform: { name: host.os, archs: [host.arch] },
    cookie: "",
    seen: [],
    outputPipes: [],
    mainExited: false,
    outputTail: "",
    sampleEnvironment: false,
    ...changes,
  };
}
