import { dirname, join } from "../../../src/std/path.ts";
import { host } from "../../../src/runtime/host.ts";
import { NODE_ENDS } from "../../fixtures/warm/node/node_ends.ts";
import type { NodeProgram } from "../../fixtures/warm/node/node_program.ts";
import { NODE_PROGRAMS } from "../../fixtures/warm/node/node_programs.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { compareStarts } from "../../support/compare_starts.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const RUNNER = new URL("../../../src/prespawn/runners/node.cjs", import.meta.url).pathname;
const ENV = { ...Deno.env.toObject(), NO_COLOR: "1", TZ: "UTC" };
const TIMES: readonly (readonly [RegExp, string])[] = [
  [/\b(duration_ms:?) [\d.]+/g, "$1 <ms>"],
  [/\([\d.]+ms\)/g, "(<ms>)"],
];

async function writeProgram(project: string, { file, text, files, links }: NodeProgram): Promise<void> {
  const all = { ...files, ...text === undefined ? {} : { [file]: text } };
  for (const [path, content] of Object.entries(all)) {
    await Deno.mkdir(dirname(join(project, path)), { recursive: true });
    await Deno.writeTextFile(join(project, path), content);
  }
  for (const [path, target] of Object.entries(links ?? {})) await Deno.symlink(target, join(project, path));
}

/** Starts a program cold and warm, and compares what came of it. */
async function compare(node: string, program: NodeProgram, project: string): Promise<void> {
  const { file, preloads = [], flags = [], args = [], env = {}, says, signal, normalise = [] } = program;
  await writeProgram(project, program);
  const ending = /\.\w+$/.exec(file)?.[0] ?? "";
  const { cold, warm } = await compareStarts({
    cold: [node, ...flags, `./${file}`, ...args],
    start: {
      runner: "node",
      command: [node, ...flags, "--require", RUNNER, `prekill${ending}`],
      runnerFile: RUNNER,
      cwd: project,
      env: { ...ENV, OLD: "gone at the job" },
      preloads: ["node:fs", "node:test", ...preloads],
    },
    job: { v: 1, main: `./${file}`, args, env: { ...ENV, ...env }, cwd: project },
    normalise: [...TIMES, ...normalise],
    act: signal === undefined ? undefined : async (pid, logPath) => {
      await waitUntil(`${file} prints`, () => host.files.readText(logPath)?.includes(says));
      host.kill(pid, signal);
    },
  });
  assertEquals(warm, cold);
  assert(cold.output.includes(says), cold.output);
}

for (const node of ["node", "node24"]) {
  Deno.test({
    name: `the node runner starts programs as ${node} does`,
    ignore: !isOnPath(node),
    fn: (t) =>
      withTempDir(async (project) => {
        const major = await majorOf(node);
        for (const program of [...NODE_PROGRAMS, ...NODE_ENDS]) {
          if ((program.since ?? 0) > major) continue;
          await t.step(JSON.stringify(program.file), () => compare(node, program, project));
        }
      }),
  });
}

async function majorOf(node: string): Promise<number> {
  const { stdout } = await new Deno.Command(node, { args: ["-p", "process.versions.node"] }).output();
  return parseInt(new TextDecoder().decode(stdout));
}
