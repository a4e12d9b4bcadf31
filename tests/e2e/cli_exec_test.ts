import { assert, assertEquals, assertMatch, assertStringIncludes } from "../support/assert.ts";
import { markedProcesses } from "../support/marked_processes.ts";
import { cliCommand, type CliResult, runCli } from "../support/run_cli.ts";
import { waitUntil } from "../support/wait_until.ts";
import { withTempDir } from "../support/with_temp_dir.ts";

/** A hook that is quicker than the built-in one, for tests that are not about samples. */
const QUICK_HOOK =
  "export function doPreKill(pid, context, output) { output.write(`saw ${context.testName}\\n`); }\n";

async function withHook(
  hook: string,
  test: (options: readonly string[], session: string) => Promise<void>,
): Promise<void> {
  await withTempDir(async (directory) => {
    Deno.mkdirSync(`${directory}/hooks`);
    Deno.writeTextFileSync(`${directory}/hooks/${Deno.build.os}.js`, hook);
    const session = `${directory}/session`;
    await test(["exec", "--hooks-dir", `${directory}/hooks`, "--session-dir", session], session);
  });
}

Deno.test("exec prints the command's output alone and exits with its code, when all is well", async () => {
  await withTempDir(async (directory) => {
    const result = await runCli(["exec", "-t", "1h", "--", "sh", "-c", "echo out; echo err >&2; exit 3"], {
      cwd: directory,
    });
    assertEquals(result, { code: 3, stdout: "out\n", stderr: "err\n" });
    assertEquals([...Deno.readDirSync(directory)], []);
  });
});

Deno.test("exec exits with 128 + N when signal N ended the command", async () => {
  assertEquals((await runCli(["exec", "sh", "-c", "kill -SEGV $$"])).code, 139);
});

Deno.test("exec exits with 127 and 126 when the command is missing or not executable", async () => {
  await withTempDir(async (directory) => {
    Deno.writeTextFileSync(`${directory}/plain`, "");
    for (
      const [command, code] of [["no-such-program", 127], ["./missing", 127], ["./plain", 126], [
        ".",
        126,
      ]] as const
    ) {
      for (const stdout of ["piped", "null"] as const) {
        const result = await runCli(["exec", command], { cwd: directory, stdout });
        assertEquals([result.code, result.stdout], [code, ""], command);
        assertMatch(result.stderr, /^prekill: Cannot (run|start) [^\n]*\n$/);
      }
    }
  });
});

Deno.test("exec keeps the order of stdout and stderr when they are one pipe", async () => {
  const [program, ...args] = cliCommand([
    "exec",
    "sh",
    "-c",
    "for i in 1 2 3 4 5 6; do echo o$i; echo e$i >&2; done",
  ]);
  const { stdout } = await new Deno.Command("sh", { args: ["-c", '"$0" "$@" 2>&1 | cat', program, ...args] })
    .output();
  assertEquals(
    new TextDecoder().decode(stdout).trim().split("\n").join(" "),
    "o1 e1 o2 e2 o3 e3 o4 e4 o5 e5 o6 e6",
  );
});

Deno.test("exec tells of the timeout, runs the hook, ends the tree and exits with 124", async () => {
  await withHook(QUICK_HOOK, async (options, session) => {
    const mark = crypto.randomUUID();
    const script = "sleep 1000 & setsid sleep 1000 & echo started; wait";
    const result = await runCli([...options, "-t", ".5", "--", "sh", "-c", script], {
      env: { CLI_TEST_MARK: mark },
    });
    assertEquals([result.code, result.stdout], [124, "started\n"]);
    assertStringIncludes(result.stderr, "prekill: sh timed out after 500 ms; looking into it (1 s)\n");
    const path = /^prekill: sample: (.*)$/m.exec(result.stderr)?.[1];
    assert(path !== undefined && path.startsWith(`${session}/sh-`), result.stderr);
    assertEquals(Deno.readTextFileSync(path), "saw sh\n");
    assertEquals(markedProcesses("CLI_TEST_MARK", mark), []);
  });
});

Deno.test("exec exits with 137 when KILL was needed, and with the command's code on --preserve-status", async () => {
  await withHook(QUICK_HOOK, async (options) => {
    const stubborn = await runCli([
      ...options,
      "-t.3",
      "-k.1",
      "sh",
      "-c",
      'trap "" TERM; while :; do sleep .1; done',
    ]);
    assertEquals(stubborn.code, 137);
    assertStringIncludes(stubborn.stderr, "sh did not end within 100 ms of TERM: killed");
    const script = 'trap "exit 9" TERM; while :; do sleep .01; done';
    assertEquals((await runCli([...options, "-t.3", "--preserve-status", "sh", "-c", script])).code, 9);
  });
});

Deno.test("exec prints nothing of its own when quiet, whatever happens", async () => {
  await withHook(QUICK_HOOK, async (options) => {
    assertEquals(await runCli([...options, "-q", "-t.2", "sleep", "1000"]), {
      code: 124,
      stdout: "",
      stderr: "",
    });
  });
});

Deno.test("exec ends with one line of JSON on stderr, when asked", async () => {
  await withHook(QUICK_HOOK, async (options) => {
    const { code, stdout, stderr } = await runCli([...options, "--json", "-t.2", "sleep", "1000"]);
    const result = JSON.parse(stderr.trimEnd().split("\n").at(-1)!);
    assertEquals([code, stdout], [124, ""]);
    assertEquals([result.exitCode, result.name, result.outcome.kind, result.hook.status], [
      124,
      "sleep",
      "timed-out",
      "ok",
    ]);
  });
});

Deno.test("exec names what the command left running, kills it, or keeps it, or fails for it", async () => {
  await withTempDir(async (cwd) => {
    const mark = crypto.randomUUID();
    const left = (): number[] => markedProcesses("CLI_TEST_MARK", mark).map(({ pid }) => pid);
    // The shell ends only when its child has become sleep.
    const script = 'sleep 1000 >/dev/null 2>&1 & until [ "$(cat /proc/$!/comm)" = sleep ]; do :; done';
    const run = (policy: string): Promise<CliResult> =>
      runCli(["exec", "--leaks", policy, "--drain-timeout", "0", "sh", "-c", script], {
        cwd,
        env: { CLI_TEST_MARK: mark },
      });
    const line = (fate: string): RegExp =>
      new RegExp(`^prekill: left behind by sh: sleep 1000 \\(pid \\d+, .* old.*\\): ${fate}$`, "m");
    const killed = await run("kill");
    assertEquals([killed.code, left()], [0, []]);
    assertMatch(killed.stderr, line("killed"));
    const failed = await run("fail");
    assertEquals([failed.code, left()], [1, []]);
    const kept = await run("keep");
    assertMatch(kept.stderr, line("left running"));
    const pids = left();
    for (const pid of pids) Deno.kill(pid, "SIGKILL");
    assertEquals([kept.code, pids.length], [0, 1]);
  });
});

/** The exit function of whatever runs the hook. */
const EXIT = "const exit = (code) => (globalThis.Deno ?? globalThis.process).exit(code);";

Deno.test("exec tells what is wrong with a hook and goes on", async () => {
  for (
    const [hook, text] of [
      ["export const x = 1;", "it does not export a function doPreKill"],
      ["export function doPreKill( {", 'hooks/linux.js": '],
      ['export function doPreKill() { throw new Error("no luck"); }', "no luck"],
      [`${EXIT} export function doPreKill() { exit(0); }`, "failed: it called exit"],
      [
        'import process from "node:process"; export const doPreKill = () => process.exit(0);',
        "it called exit",
      ],
      [`${EXIT} exit(0);`, "it called exit"],
      [
        `${EXIT} export function doPreKill() { setTimeout(() => exit(0)); return new Promise(() => {}); }`,
        "uncaught",
      ],
    ] as const
  ) {
    await withHook(hook, async (options) => {
      const quick = ["--sample-time", "50ms", "--hook-timeout", "1s"];
      const { code, stderr } = await runCli([...options, ...quick, "-t.2", "sleep", "1000"]);
      assertEquals(code, 124);
      assertStringIncludes(stderr, text);
    });
  }
});

Deno.test("exec runs the built-in hook, when the user's cannot be loaded", async () => {
  await withHook("export const x = 1;", async (options) => {
    const { stderr } = await runCli([...options, "--sample-time", "50ms", "-t.2", "sleep", "1000"]);
    assertMatch(stderr, /^prekill: sleep \(\w+\): sleep \(pid \d+\) sleeps for /m);
    assertMatch(stderr, /^prekill: sample: /m);
  });
});

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  Deno.test(`exec ends the tree in order and exits with 128 + N, when it gets ${signal}`, async () => {
    await withHook(QUICK_HOOK, async (options) => {
      const mark = crypto.randomUUID();
      const [program, ...args] = cliCommand([...options, "sh", "-c", "sleep 1000 & echo ready; wait"]);
      const child = new Deno.Command(program, {
        args,
        env: { CLI_TEST_MARK: mark },
        stdin: "null",
        stdout: "piped",
        stderr: "null",
      }).spawn();
      const reader = child.stdout.getReader();
      await waitUntil("the command runs", async () => (await reader.read()).value);
      child.kill(signal);
      await reader.cancel();
      assertEquals((await child.status).code, 128 + { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 }[signal]);
      assertEquals(markedProcesses("CLI_TEST_MARK", mark).map(({ command }) => command), []);
    });
  });
}

Deno.test("exec starts deno with an inspector on loopback, when --inspect-runtime is given", async () => {
  await withTempDir(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/main.js`, "console.log(Deno.args.join());\n");
    const command = ["--", Deno.execPath(), "run", "main.js", "--", "x"];
    const { code, stdout, stderr } = await runCli(["exec", "--inspect-runtime", ...command], { cwd });
    assertEquals([code, stdout], [0, "--,x\n"]);
    assertMatch(stderr, /^Debugger listening on ws:\/\/127\.0\.0\.1:\d+\//);
    assertEquals((await runCli(["exec", ...command], { cwd })).stderr, "");
  });
});
