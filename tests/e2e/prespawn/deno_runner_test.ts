import { denoStart } from "../../../src/prespawn/deno_start.ts";
import { RunnerError, WaitingRunner } from "../../../src/prespawn/waiting_runner.ts";
import type { Exit } from "../../../src/outcome.ts";
import { host } from "../../../src/runtime/host.ts";
import { assert, assertEquals, assertRejects } from "../../support/assert.ts";
import { compareStarts } from "../../support/compare_starts.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const RUNNER = new URL("../../../src/prespawn/runners/deno.mjs", import.meta.url).pathname;
const ENV = { ...Deno.env.toObject(), NO_COLOR: "1" };
const TIMES = [[/\((?:\d+m)?\d+(?:ms|µs|s)\)/g, "(<time>)"]] as const;

/** What a runner that got `input` printed, and how it ended. */
async function afterInput(
  cwd: string,
  input: string,
  preloads: readonly string[] = [],
): Promise<{ exit: Exit; output: string }> {
  Deno.writeTextFileSync(`${cwd}/passes_test.ts`, 'Deno.test("passes", () => {});\n');
  const command = ["deno", "test", "--no-prompt", "-A", "--no-check", "./passes_test.ts"] as const;
  const start = denoStart({ command, cwd, env: ENV, preloads, runnerFile: RUNNER })!;
  const [program, ...args] = start.command;
  const child = host.spawn({
    program,
    args,
    cwd,
    env: { ...ENV, PREKILL_READY: `${cwd}/ready`, PREKILL_PRELOAD: JSON.stringify(preloads) },
    newSession: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  });
  const writer = child.stdin!.getWriter();
  await writer.write(new TextEncoder().encode(input)).then(() => writer.close(), () => {});
  const output = await new Response(child.stdout).text();
  return { exit: await child.exited, output };
}

for (const input of ["", "null"]) {
  Deno.test(`the deno runner exits with 0 and runs nothing for the job "${input}"`, async () => {
    await withTempDir(async (cwd) => {
      const { exit, output } = await afterInput(cwd, input);
      assertEquals(exit, { kind: "exited", code: 0 });
      assert(!output.includes("running 1 test"), output);
    });
  });
}

Deno.test("the deno runner exits with 1 and runs nothing for half a job", async () => {
  await withTempDir(async (cwd) => {
    const { exit, output } = await afterInput(cwd, '{"v":1,"main":"./passes_te');
    assertEquals(exit, { kind: "exited", code: 1 });
    assert(!output.includes("running 1 test"), output);
  });
});

Deno.test("the deno runner loads preloads as modules of the project do", async () => {
  await withTempDir(async (cwd) => {
    const config = { imports: { mapped: "./mapped.ts", "jsonc-parser": "npm:jsonc-parser@3.3.1" } };
    Deno.writeTextFileSync(`${cwd}/deno.json`, JSON.stringify(config));
    Deno.writeTextFileSync(`${cwd}/mapped.ts`, 'console.log("mapped", import.meta.main);\n');
    Deno.writeTextFileSync(`${cwd}/other.ts`, 'console.log("other");\n');
    const preloads = ["mapped", "./other.ts", "jsonc-parser", "node:fs"];
    const { exit, output } = await afterInput(cwd, JSON.stringify({ v: 1, env: ENV }), preloads);
    assertEquals(exit, { kind: "exited", code: 0 });
    assert(/mapped false\nother\n[^]*1 passed/.test(output), output);
  });
});

Deno.test("the deno runner is never ready and runs nothing when a preload throws", async () => {
  await withTempDir(async (cwd) => {
    Deno.writeTextFileSync(`${cwd}/throws.ts`, 'throw new Error("in the preload");\n');
    const { exit, output } = await afterInput(cwd, JSON.stringify({ v: 1, env: ENV }), ["./throws.ts"]);
    assertEquals(exit, { kind: "exited", code: 1 });
    assert(!output.includes("running 1 test"), output);
    assertEquals([...Deno.readDirSync(cwd)].some(({ name }) => name === "ready"), false);
  });
});

Deno.test("the deno runner is as a cold start for deno test with a check of types, once that has been made", async () => {
  await withTempDir(async (cwd) => {
    Deno.writeTextFileSync(
      `${cwd}/checked_test.ts`,
      'const one: number = 1;\nDeno.test("one", () => console.log(one));\n',
    );
    const command = [
      "deno",
      "test",
      "--no-prompt",
      "-A",
      "./checked_test.ts",
    ] as const;
    const start = denoStart({
      command,
      cwd,
      env: ENV,
      preloads: [],
      runnerFile: RUNNER,
    })!;
    const job = {
      v: 1,
      main: "./checked_test.ts",
      args: [],
      env: ENV,
      cwd,
    } as const;
    const first = await compareStarts({
      cold: command,
      start,
      job,
      normalise: TIMES,
    });
    assertEquals(
      first.cold.output,
      `Check checked_test.ts\n${first.warm.output}`,
    );
    assertEquals(
      first.warm,
      (await compareStarts({ cold: command, start, job, normalise: TIMES }))
        .cold,
    );
  });
});

for (
  const [what, source, says] of [
    [
      "has a wrong type",
      "const text: string = 1;\nDeno.test(text, () => {});\n",
      /TS2322/,
    ],
    ["has no syntax", "const = 1;\n", /Expected yield, an identifier/],
    [
      "imports what is not there",
      'import "./nowhere.ts";\n',
      /Cannot find module/,
    ],
  ] as const
) {
  Deno.test(`the deno runner is never ready for a test that ${what}`, async () => {
    await withTempDir(async (cwd) => {
      Deno.writeTextFileSync(`${cwd}/bad_test.ts`, source);
      const command = [
        "deno",
        "test",
        "--no-prompt",
        "-A",
        "./bad_test.ts",
      ] as const;
      const start = denoStart({
        command,
        cwd,
        env: ENV,
        preloads: [],
        runnerFile: RUNNER,
      })!;
      const output = { kind: "log", path: `${cwd}/log` } as const;
      const runner = new WaitingRunner({
        start,
        output,
        readyPath: `${cwd}/ready`,
      }, host);
      const error = await assertRejects(
        () => runner.ready(60_000),
        RunnerError,
      );
      assert(says.test(error.message), error.message);
      await runner.end(0);
    });
  });
}
