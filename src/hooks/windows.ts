/** The built-in pre-kill hook of Windows. */
import { messageOf } from "../errors.ts";
import { host } from "../runtime/host.ts";
import { runTool } from "../runtime/run_tool.ts";
import { join } from "../std/path.ts";
import type { CollectOptions } from "./collectors/collect_options.ts";
import { createPreKill } from "./create_pre_kill.ts";
import type { Facts } from "./facts.ts";
import type { HookOutput, PreKillContext } from "./hook.ts";
import { sampleFileName } from "./sample/sample_file_name.ts";
import { collectWindowsFacts } from "./windows/collect_windows_facts.ts";
import { minidumpCommand } from "./windows/minidump_command.ts";

const MINIDUMP_TIMEOUT_MS = 60_000;

/**
 * Looks at a tree with Windows' own tools.
 *
 * @param options the tree and the time
 * @returns what was seen
 */
export const collect: (options: CollectOptions) => Promise<Facts> = collectWindowsFacts;

const explain = createPreKill(collect);

/** Samples, diagnoses and describes the tree; with `PREKILL_MINIDUMP=1` also writes a dump of the main process. */
export async function doPreKill(
  processId: number,
  context: PreKillContext,
  output: HookOutput,
): Promise<void> {
  await explain(processId, context, output);
  if (host.getEnv("PREKILL_MINIDUMP") === "1") output.write(await writeMinidump(processId, context));
}

async function writeMinidump(pid: number, context: PreKillContext): Promise<string> {
  const path = join(context.sessionDir, `${sampleFileName(context.testFile || context.testName, pid)}.dmp`);
  try {
    host.files.makeDirectory(context.sessionDir);
  } catch (error) {
    return `\nNo minidump: ${messageOf(error)}\n`;
  }
  const result = await runTool(host, {
    ...minidumpCommand(host.getEnv("SystemRoot") ?? "C:\\Windows", pid, path),
    timeoutMs: MINIDUMP_TIMEOUT_MS,
    signal: context.signal,
  });
  // rundll32 exits with 0 whatever the function did.
  return result.status === "ok" && host.files.stat(path) !== undefined
    ? `\nMinidump: ${path}\n`
    : "\nNo minidump: it needs an elevated prompt and room for all of the process's memory.\n";
}
