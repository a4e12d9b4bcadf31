import { bunStart } from "../../../src/prespawn/bun_start.ts";
import { host } from "../../../src/runtime/host.ts";
import { dirname, join } from "../../../src/std/path.ts";
import { BUN_PROGRAMS, type BunProgram } from "../../fixtures/warm/bun/bun_programs.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { compareStarts } from "../../support/compare_starts.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const RUNNER = new URL("../../../src/prespawn/runners/bun.cjs", import.meta.url).pathname;
const ENV = { ...Deno.env.toObject(), NO_COLOR: "1", TZ: "UTC" };
const TIMES: readonly (readonly [RegExp, string])[] = [[/\[[\d.]+m?s\]/g, "[<ms>]"]];

/** Starts a program cold and warm, and compares what came of it. */
async function compare(program: BunProgram, project: string): Promise<void> {
  const { file, text, files = {}, preloads = [], args = [], env = {}, says, signal } = program;
  const all = { ...files, ...text === undefined ? {} : { [file]: text } };
  for (const [path, content] of Object.entries(all)) {
    await Deno.mkdir(dirname(join(project, path)), { recursive: true });
    await Deno.writeTextFile(join(project, path), content);
  }
  const subcommand = file.includes(".test.") ? "test" : "run";
  const cold = ["bun", subcommand, `./${file}`, ...args] as const;
  const options = { cwd: project, env: { ...ENV, OLD: "gone at the job" }, preloads, runnerFile: RUNNER };
  const { start, main } = bunStart([...cold], options)!;
  const results = await compareStarts({
    cold,
    start,
    job: { v: 1, main, args, env: { ...ENV, ...env, PWD: project }, cwd: project },
    normalise: TIMES,
    act: signal === undefined ? undefined : async (pid, logPath) => {
      await waitUntil(`${file} prints`, () => host.files.readText(logPath)?.includes(says));
      host.kill(pid, signal);
    },
  });
  assertEquals(results.warm, results.cold);
  assert(results.cold.output.includes(says), results.cold.output);
}

Deno.test({
  name: "the bun runner starts programs and tests as bun does",
  ignore: !isOnPath("bun"),
  fn: (t) =>
    withTempDir(async (project) => {
      for (const program of BUN_PROGRAMS) {
        await t.step(JSON.stringify(program.file), () => compare(program, project));
      }
    }),
});
