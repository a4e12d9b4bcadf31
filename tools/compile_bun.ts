/**
 * `deno task compile:bun [--target TARGET] [--output FILE]`: writes `dist/prekill` as `deno task compile` does, by `bun build
 * --compile`. Bun is the pinned one of `npm install`, else that on `PATH`.
 */
import { exists } from "../tests/support/exists.ts";
import { bundleProgram } from "./bundle_program.ts";
import { COMPILE_TARGETS, type CompileArguments } from "./compile_arguments.ts";
import { compileTask } from "./compile_task.ts";
import { toolOutput } from "./tool_output.ts";

const PINNED_BUN = new URL("../node_modules/.bin/bun", import.meta.url).pathname;

await compileTask("compile:bun", async (asked, folder) => {
  const { entryPath } = await bundleProgram({ folder, forBun: true });
  const bun = exists(PINNED_BUN) ? PINNED_BUN : "bun";
  const { success, text } = await toolOutput(bun, compileArgs(asked, entryPath));
  return success ? undefined : text.trim();
});

function compileArgs({ target, output }: CompileArguments, entryPath: string): string[] {
  return [
    "build",
    "--compile",
    // The files of the bundle stay apart, so that only what is used is loaded, and are compiled beforehand.
    "--splitting",
    "--format=esm",
    "--bytecode",
    "--minify",
    // Hardly anything here runs often enough to be worth the compilation to machine code that Bun does early: with that put off, a
    // passing command costs 6 % less, a sample or a run of many tests a quarter less.
    "--compile-jit-policy=30",
    // A command must not find variables of a .env in its environment.
    "--no-compile-autoload-dotenv",
    "--no-compile-autoload-bunfig",
    ...(target === undefined ? [] : [`--target=${COMPILE_TARGETS[target]}`]),
    `--outfile=${output}`,
    entryPath,
  ];
}
