import { assert, assertEquals, assertStringIncludes } from "../support/assert.ts";
import { isOnPath } from "../support/is_on_path.ts";
import { markedProcesses } from "../support/marked_processes.ts";
import { waitUntil } from "../support/wait_until.ts";

const ROOT = new URL("../..", import.meta.url);
const skip = Deno.build.os !== "linux" || !isOnPath("flock");
/** A skip says its reason. */
const suffix = skip ? " (skipped: needs Linux and flock)" : "";

/** Pids that wait for a lock, as /proc/locks lists them. */
function lockWaiters(): number[] {
  const lines = Deno.readTextFileSync("/proc/locks").split("\n").filter((line) => line.includes("->"));
  return lines.map((line) => Number(/(?:READ|WRITE)\s+(\d+)/.exec(line)?.[1]));
}

Deno.test({
  name: `examples/deploy locks itself out, every time it is started${suffix}`,
  ignore: skip,
  async fn() {
    for (let round = 0; round < 5; round++) {
      const mark = crypto.randomUUID();
      const release = new Deno.Command("sh", {
        args: ["examples/deploy/release.sh"],
        cwd: ROOT,
        env: { RELEASE: mark },
        detached: true,
        stdin: "null",
        stdout: "null",
        stderr: "null",
      }).spawn();
      try {
        await waitUntil("both scripts wait for a lock", () => {
          const members = new Set(markedProcesses("RELEASE", mark).map(({ pid }) => pid));
          return lockWaiters().filter((pid) => members.has(pid)).length === 2;
        });
      } finally {
        Deno.kill(-release.pid, "SIGTERM");
        await release.status;
      }
      await waitUntil("the release has ended", () => markedProcesses("RELEASE", mark).length === 0);
    }
  },
});

Deno.test({
  name: `deno task demo shows the deadlock, where the sample is, and that nothing is left${suffix}`,
  ignore: skip,
  async fn() {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "demo"],
      cwd: ROOT,
      env: { NO_COLOR: "1" },
      stdin: "null",
    }).output();
    const [shown, said] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    assertEquals(code, 0, said);
    for (const name of ["deadlock", "db.lock", "files.lock"]) assertStringIncludes(shown!, name);
    assertStringIncludes(shown!, "Exit code: 124");
    assertStringIncludes(shown!, "No process of the release is left.");
    const path = /The sample is (\S+\.sample), and begins:/.exec(shown!)?.[1];
    assert(path !== undefined && Deno.statSync(new URL(path, ROOT)).isFile);
  },
});
