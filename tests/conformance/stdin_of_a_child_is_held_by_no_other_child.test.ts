import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

const NOWHERE = { stdout: "null", stderr: "null" } as const;

test("stdin of a child ends when it is closed, although children that were started later still run", async () => {
  await withTempDirectory(async (directory) => {
    const reader = runtime.spawn({ program: "cat", args: [], newSession: true, stdin: "piped", ...NOWHERE });
    const sleep = { program: "/bin/sleep", args: ["60"], newSession: true, stdin: "null" } as const;
    const others = [
      runtime.spawn({ ...sleep, ...NOWHERE }),
      await runtime.spawnIntoFile({ ...sleep, env: {}, outputPath: `${directory}/log` }),
    ].filter((child) => child !== undefined);
    try {
      await reader.stdin!.close();
      assert.deepEqual(await reader.exited, { kind: "exited", code: 0 });
    } finally {
      for (const { pid, exited } of others) {
        runtime.kill(pid, "SIGKILL");
        await exited;
      }
    }
  });
});
