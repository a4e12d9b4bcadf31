/**
 * `deno task compile [--target TARGET] [--output FILE]`: writes `dist/prekill`, one file that needs no runtime, by `deno
 * compile`. It holds the files of the bundle, and loads of them what is used.
 */
import { bundleProgram } from "./bundle_program.ts";
import { compileTask } from "./compile_task.ts";
import type { CompileArguments } from "./compile_arguments.ts";
import { toolOutput } from "./tool_output.ts";

await compileTask("compile", async (asked, folder) => {
  const { entryPath } = await bundleProgram({ folder });
  const { success, text } = await toolOutput(Deno.execPath(), compileArgs(asked, folder, entryPath));
  return success ? undefined : explain(text);
});

function compileArgs({ target, output }: CompileArguments, folder: string, entryPath: string): string[] {
  return [
    "compile",
    // What is under /proc can be read with all permissions only, and a command that is started has them anyway.
    "--allow-all",
    "--no-prompt",
    "--no-check",
    "--no-config",
    "--no-npm",
    "--no-lock",
    ...(target === undefined ? [] : ["--target", target]),
    "--include",
    folder,
    "--output",
    output,
    entryPath,
  ];
}

/** The runtime without its tools (denort), which the binary begins with, is a download of its own. */
function explain(said: string): string {
  const named = Deno.env.get("DENORT_BIN");
  if (named !== undefined && said.includes("Could not find denort")) {
    return `DENORT_BIN names "${named}", where there is no such file; name a denort of version ${Deno.version.deno}`;
  }
  if (/denort/.test(said)) {
    return "denort, with which the binary begins, cannot be downloaded; set DENORT_BIN to a local denort of version " +
      `${Deno.version.deno}, or use "deno task compile:bun"`;
  }
  return said.trim();
}
