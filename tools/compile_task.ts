import { type CompileArguments, readCompileArguments } from "./compile_arguments.ts";

const DIST = new URL("../dist/", import.meta.url).pathname;

/**
 * What both ways to make a binary share: arguments, a folder for the files that go into it, one sentence when it fails. Ends
 * this program with 2 when it was called wrongly, and with 1 when there is no binary.
 *
 * @param task the name of the task, for messages
 * @param compile writes the binary, with a new folder that is removed afterwards; says what is the case when it cannot
 */
export async function compileTask(
  task: string,
  compile: (asked: CompileArguments, folder: string) => Promise<string | undefined>,
): Promise<void> {
  const problem = await compileOrExplain(task, compile);
  if (problem === undefined) return;
  console.error(problem.sentence);
  Deno.exit(problem.code);
}

async function compileOrExplain(
  task: string,
  compile: (asked: CompileArguments, folder: string) => Promise<string | undefined>,
): Promise<{ readonly sentence: string; readonly code: number } | undefined> {
  const asked = readCompileArguments(Deno.args, { folder: DIST, cwd: Deno.cwd() });
  if (typeof asked === "string") return { sentence: `${task}: ${asked}`, code: 2 };
  const folder = await Deno.makeTempDir({ prefix: "prekill-compile-" });
  try {
    const [, place, name] = /^(.*\/)([^/]*)$/.exec(asked.output)!;
    await Deno.mkdir(place!, { recursive: true });
    // A compiler may take the old binary away before it fails.
    const output = `${place}new-${name}`;
    const problem = await compile({ ...asked, output }, `${folder}/files`);
    if (problem !== undefined) {
      return { sentence: `${task}: Cannot compile "${asked.output}": ${problem}`, code: 1 };
    }
    await Deno.rename(output, asked.output);
    const { size } = await Deno.stat(asked.output);
    console.log(`${asked.output}: ${Math.round(size / 1024 / 1024)} MiB`);
    return undefined;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
