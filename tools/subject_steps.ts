import { exists } from "../tests/support/exists.ts";
import { nodeProgram } from "./node_program.ts";
import type { Step } from "./step.ts";
import { toolOutput } from "./tool_output.ts";

const ROOT = new URL("..", import.meta.url).pathname;
const PACKAGE = `${ROOT}dist/npm/bin/prekill.js`;
const BINARY = `${ROOT}dist/prekill`;
const DENO_BINARY = `${ROOT}dist/prekill-deno`;

/** What each subcommand promises. */
const MOST = ["exec", "run", "sample", "report"];
/** All of it: hundreds of command lines are compared with GNU timeout's. */
const ALL = [...MOST, "timeout"];

/** One way in which prekill is shipped, and how much of the tests of the command line it is put to. */
interface Subject {
  readonly name: string;
  /** What to start; undefined where it cannot be had. */
  readonly start: readonly string[] | undefined;
  readonly tested: readonly string[];
}

/**
 * The tests of the command line against everything that is shipped: the npm package on Node and Bun, the binary, the bundle.
 * The whole set runs on the oldest Node and the binary, the rest without `timeout`.
 *
 * @returns the steps: what is shipped is made first; what cannot be had here is named on stdout
 */
export async function subjectSteps(): Promise<Step[]> {
  const subjects: Subject[] = [
    { name: "npm package on Node 20", start: await onNode("20"), tested: ALL },
    { name: "npm package on Node 22", start: await onNode("22"), tested: MOST },
    { name: "npm package on Node 24", start: await onNode("24"), tested: MOST },
    { name: "npm package on Bun", start: [await bun(), PACKAGE], tested: MOST },
    { name: "binary made by Bun", start: [BINARY], tested: ALL },
    { name: "bundle on Deno", start: [`${ROOT}dist/bundle/prekill`], tested: ["exec"] },
  ];
  const makes: Step[] = ["package", "bundle", "compile_bun"].map((tool) => ({
    name: `make what is shipped: ${tool}`,
    command: ["deno", "run", "-A", `tools/${tool}.ts`],
  }));
  if (await canCompile()) {
    makes.push({
      name: "make what is shipped: compile",
      command: ["deno", "run", "-A", "tools/compile.ts", "--output", DENO_BINARY],
    });
    subjects.push({ name: "binary made by Deno", start: [DENO_BINARY], tested: ALL });
  } else console.log("skipped: the binary made by Deno, for which denort cannot be had here");
  return [...makes, ...subjects.flatMap(steps)];
}

function steps({ name, start, tested }: Subject): Step[] {
  if (start === undefined) {
    console.log(`skipped: the ${name}, which cannot be had here`);
    return [];
  }
  const files = tested.map((subcommand) => `tests/e2e/cli_${subcommand}_test.ts`);
  return [{
    name,
    command: ["deno", "test", "-A", "--no-check", "--reporter=dot", ...files],
    env: { PREKILL_SUBJECT: JSON.stringify(start) },
    countsTests: true,
  }];
}

async function onNode(major: string): Promise<string[] | undefined> {
  const program = await nodeProgram(major);
  return program === undefined ? undefined : [program, PACKAGE];
}

async function bun(): Promise<string> {
  const pinned = `${ROOT}node_modules/.bin/bun`;
  return exists(pinned) ? await Deno.realPath(pinned) : "bun";
}

/** An empty program tells: `deno compile` finds denort, or does not. */
async function canCompile(): Promise<boolean> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/empty.js`, "");
    const args = ["compile", "--no-config", "--output", `${folder}/empty`, `${folder}/empty.js`];
    return (await toolOutput(Deno.execPath(), args)).success;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
