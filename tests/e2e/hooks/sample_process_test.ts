import { HostError, UsageError } from "../../../src/errors.ts";
import { loadPreKillHook } from "../../../src/hooks/load_pre_kill_hook.ts";
import { runPreKillHook } from "../../../src/hooks/run_pre_kill_hook.ts";
import { sampleProcess } from "../../../src/hooks/sample_process.ts";
import { host } from "../../../src/runtime/host.ts";
import type { Child, Runtime } from "../../../src/runtime/port.ts";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "../../support/assert.ts";
import { attemptContext } from "../../support/attempt_context.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

/** Runs a test beside `sleep 1000`, which is killed afterwards. */
async function withSleeper(test: (child: Child) => Promise<void>): Promise<void> {
  const child = host.spawn({
    program: "sleep",
    args: ["1000"],
    newSession: true,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  });
  try {
    await waitUntil(
      "sleep sleeps",
      () => Deno.readTextFileSync(`/proc/${child.pid}/wchan`).includes("nanosleep"),
    );
    await test(child);
  } finally {
    host.kill(child.pid, "SIGKILL");
    await child.exited;
  }
}

Deno.test("sampleProcess() explains a live process and leaves it running", () =>
  withSleeper(async ({ pid }) => {
    const document = await sampleProcess(pid, { sampleTimeMs: 50 });
    assertEquals([document.reason, document.diagnosis.cause, document.diagnosis.pid], [
      "manual",
      "sleep",
      pid,
    ]);
    assertEquals(document.test.command.at(-1), "1000");
    assertEquals(document.processes.map((process) => process.pid), [pid]);
    assertEquals(document.environment, undefined);
    assertEquals(host.kill(pid, undefined), "sent");
    assertEquals(document.processes[0]!.state, "S");
  }));

Deno.test("sampleProcess() shows the environment, when it is asked to", () =>
  withSleeper(async ({ pid }) => {
    const document = await sampleProcess(pid, { sampleTimeMs: 0, sampleEnvironment: true });
    assertEquals(document.environment?.["PATH"], host.getEnv("PATH"));
  }));

Deno.test("sampleProcess() returns what it has seen, when it is aborted", () =>
  withSleeper(async ({ pid }) => {
    const ending = new AbortController();
    const sampling = sampleProcess(pid, { sampleTimeMs: 3_600_000, signal: ending.signal });
    setTimeout(() => ending.abort(), 50);
    assertEquals((await sampling).test.command.at(-1), "1000");
  }));

Deno.test("sampleProcess() says so, when it cannot look at the process", async () => {
  const sentence = async (pid: number, kind: new (message?: string) => Error, runtime?: Runtime) =>
    (await assertRejects(() => sampleProcess(pid, { runtime }), kind)).message;
  assertEquals(
    await sentence(host.pid, UsageError),
    `Cannot sample the process "${host.pid}": it is prekill itself; give the number of another one`,
  );
  for (const pid of [0, -1, 1.5, NaN]) {
    assertEquals(
      await sentence(pid, UsageError),
      `Cannot sample the process "${pid}": give the number of a process, as ps shows it`,
    );
  }
  // Linux numbers processes up to 2^22.
  assertEquals(
    await sentence(2 ** 22 + 1, HostError),
    `Cannot sample the process "${2 ** 22 + 1}": there is no such process; ps shows those that run`,
  );
  const files = Object.assign(Object.create(host.files), { readText: () => undefined });
  const stranger: Runtime = Object.assign(Object.create(host), { kill: () => "denied", files });
  assertEquals(
    await sentence(1, HostError, stranger),
    'Cannot sample the process "1": it belongs to another user; run prekill as that user or as root',
  );
  const foreign: Runtime = Object.assign(Object.create(host), { os: "plan9" });
  assertEquals(
    await sentence(1, HostError, foreign),
    'Cannot sample the process "1": prekill cannot look into processes on plan9',
  );
});

Deno.test("sampleProcess() gives a part or one sentence, when the process ends meanwhile", () =>
  withSleeper(async ({ pid }) => {
    const sampling = sampleProcess(pid, { sampleTimeMs: 100 });
    host.kill(pid, "SIGKILL");
    const result = await sampling.catch((error: unknown) => error);
    if (result instanceof HostError) {
      assertStringIncludes(result.message, `Cannot sample the process "${pid}": `);
    } else assert(!(result instanceof Error), String(result));
  }));

Deno.test("the built-in hook writes text and facts of the hung process, also when a user's hook calls it", () =>
  withTempDir(async (directory) => {
    Deno.writeTextFileSync(
      `${directory}/${host.os}.ts`,
      `import type { PreKillContext, HookOutput } from "${new URL(
        "../../../src/hooks/mod.ts",
        import.meta.url,
      )}";
      export async function doPreKill(pid: number, context: PreKillContext, output: HookOutput): Promise<void> {
        output.write(\`mine \${pid}\\n\`);
        await context.builtin();
      }`,
    );
    for (const hooksDir of [undefined, directory]) {
      await withSleeper(async ({ pid }) => {
        const context = attemptContext({ sessionDir: `${directory}/session`, sampleTimeMs: 20 });
        const record = await runPreKillHook(pid, context, {
          runtime: host,
          hook: loadPreKillHook(host.os, { runtime: host, hooksDir }),
          hookTimeoutMs: 60_000,
          lateMs: 0,
        });
        assertEquals([record.status, record.message, record.diagnosis?.cause], ["ok", undefined, "sleep"]);
        const [text, json] = record.files.map((file) => Deno.readTextFileSync(file));
        assertEquals(text!.startsWith(`mine ${pid}\n`), hooksDir !== undefined);
        assertStringIncludes(text!, `sleep (pid ${pid})`);
        assertEquals(JSON.parse(json!).schema, "prekill.sample/1");
      });
    }
  }));
