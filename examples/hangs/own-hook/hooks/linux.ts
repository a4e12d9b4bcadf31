import { readFile } from "node:fs/promises";
import type { HookOutput, PreKillContext } from "../../../../src/hooks/mod.ts";

export async function doPreKill(
  processId: number,
  context: PreKillContext,
  output: HookOutput,
): Promise<void> {
  const seconds = (context.elapsedMs / 1000).toFixed(0);
  output.write(`${context.testName} (pid ${processId}) ran into its ${context.reason} after ${seconds} s.\n`);
  const build = await readBuild(context.cwd);
  output.write(`Build: ${build}\n\n`);
  await context.builtin();
}

async function readBuild(folder: string): Promise<string> {
  try {
    return (await readFile(`${folder}/build.txt`, "utf8")).trim();
  } catch {
    return "not recorded";
  }
}
