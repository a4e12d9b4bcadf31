import { VERSION } from "../../../src/version.ts";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "../../support/assert.ts";
import { readYaml } from "../../support/read_yaml.ts";
import { type PrekillFolder, withPrekillOnPath } from "../../support/with_prekill_on_path.ts";

interface ActionStep {
  readonly name: string;
  readonly if?: string;
  readonly shell?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const ACTION = readYaml("action.yml");
const STEPS: readonly ActionStep[] = ACTION.runs.steps;

/** What a runner makes of `${{ inputs.x }}` and `${{ steps.run.outputs.x }}`, which is all that the steps use. */
function evaluate(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => {
    const value = values[name];
    assert(value !== undefined, `nobody says what ${name} is`);
    return value;
  });
}

/** The files by which a step talks to the runner, and what the steps made of them. */
interface RunnerFiles {
  readonly code: number;
  readonly output: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** Runs the shell steps after the installation as a runner does, all those that `always()` runs after a failure too. */
async function runSteps(
  folder: PrekillFolder,
  inputs: Readonly<Record<string, string>>,
): Promise<RunnerFiles> {
  const temporary = `${folder.cwd}/runner`;
  Deno.mkdirSync(temporary);
  for (const name of ["output", "summary"]) Deno.writeTextFileSync(`${temporary}/${name}`, "");
  const values: Record<string, string> = {};
  for (const [name, { default: value }] of Object.entries<{ default: string }>(ACTION.inputs)) {
    values[`inputs.${name}`] = inputs[name] ?? value;
  }
  let result = { code: 0, output: "" };
  for (const step of STEPS.filter(({ run, name }) => run !== undefined && name !== "Install prekill")) {
    if (result.code !== 0 && !step.if!.includes("always()")) continue;
    const env = Object.fromEntries(
      Object.entries(step.env ?? {}).map(([name, text]) => [name, evaluate(text, values)]),
    );
    const { code, output } = await folder.run(
      ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step.run!],
      {
        ...env,
        GITHUB_ACTIONS: "true",
        RUNNER_TEMP: temporary,
        GITHUB_OUTPUT: `${temporary}/output`,
        GITHUB_STEP_SUMMARY: `${temporary}/summary`,
      },
    );
    result = { code: result.code || code, output: result.output + output };
    for (const line of Deno.readTextFileSync(`${temporary}/output`).trim().split("\n")) {
      const [name, ...rest] = line.split("=");
      values[`steps.run.outputs.${name}`] = rest.join("=");
    }
  }
  const outputs = Object.fromEntries(
    Object.entries<{ value: string }>(ACTION.outputs).map((
      [name, { value }],
    ) => [name, evaluate(value, values)]),
  );
  return { ...result, outputs, summary: Deno.readTextFileSync(`${temporary}/summary`) };
}

Deno.test("action.yml is a composite action whose steps name their shell, and take no input into a script", () => {
  assertEquals(ACTION.runs.using, "composite");
  for (const { name, run, shell, uses } of STEPS) {
    assert((run === undefined) !== (uses === undefined), name);
    if (run === undefined) assertMatch(uses!, /^actions\/[\w-]+@v\d+$/);
    else assertEquals([shell, run.includes("${{")], ["bash", false], name);
  }
  for (const input of Object.values<Record<string, unknown>>(ACTION.inputs)) {
    assertEquals(Object.keys(input).sort(), ["default", "description"]);
  }
});

Deno.test("action.yml installs the version that it is part of, where the next steps find it", async () => {
  assertEquals(ACTION.inputs.package.default, `prekill@${VERSION}`);
  await withPrekillOnPath(undefined, async (folder) => {
    const install = STEPS.find(({ name }) => name === "Install prekill")!;
    Deno.writeTextFileSync(`${folder.cwd}/path`, "");
    Deno.mkdirSync(`${folder.cwd}/package`);
    Deno.copyFileSync(`${folder.bin}/prekill`, `${folder.cwd}/package/prekill.js`);
    const manifest = { name: "prekill", version: VERSION, bin: { prekill: "prekill.js" } };
    Deno.writeTextFileSync(`${folder.cwd}/package/package.json`, JSON.stringify(manifest));
    const { code, output } = await folder.run(["bash", "-eo", "pipefail", "-c", install.run!], {
      PACKAGE: "./package",
      RUNNER_TEMP: folder.cwd,
      GITHUB_PATH: `${folder.cwd}/path`,
    });
    assertEquals(code, 0, output);
    const added = Deno.readTextFileSync(`${folder.cwd}/path`).trim();
    assertEquals((await folder.run([`${added}/prekill`, "--version"])).output, `prekill ${VERSION}\n`);
  });
});

Deno.test("action.yml explains a hang in the log and the summary, keeps the sample, and fails with 124", async () => {
  await withPrekillOnPath(undefined, async (folder) => {
    const { code, output, outputs, summary } = await runSteps(folder, {
      run: "echo begun\nsleep 1000 | cat",
      timeout: "1s",
      options: "--sample-time 100ms --grace 2s",
    });
    assertEquals([code, outputs["exit-code"]], [124, "124"], output);
    assertStringIncludes(output, "begun\n");
    assertMatch(output, /prekill: sleep \(\w+\): /);
    assertMatch(
      summary,
      /^### Why it hung\n\n {4}1 hang in [^]*\n {4}1 × sleep in sleep[^]*bash -c 'echo begun sleep 1000/,
    );
    assert([...Deno.readDirSync(outputs["session"]!)].some(({ name }) => name.endsWith(".sample")));
  });
});

Deno.test("action.yml passes the command's exit code on, and leaves nothing behind when nothing hangs", async () => {
  await withPrekillOnPath(undefined, async (folder) => {
    const { code, output, outputs, summary } = await runSteps(folder, {
      run: "echo one\n(exit 7)\necho two",
    });
    assertEquals([code, outputs["exit-code"], output, summary], [7, "7", "one\n", ""]);
    assertEquals([...Deno.readDirSync(outputs["session"]!)], []);
  });
});
