import type { Runtime } from "../../../runtime/port.ts";
import type { StackTarget } from "../stack_source.ts";
import { describeFailure } from "./describe_failure.ts";
import { forEachLimited } from "../for_each_limited.ts";
import type { NativeContext } from "./native_context.ts";
import { parseDotnetStack } from "./parse_dotnet_stack.ts";
import { parsePhpspy } from "./parse_phpspy.ts";
import { parsePySpy } from "./parse_py_spy.ts";
import { parseRbspy } from "./parse_rbspy.ts";
import type { ThreadStack } from "./thread_stack.ts";
import { installAdvice } from "./tool_catalog.ts";

/** A tool that knows the frames of one language. */
interface LanguageTool {
  readonly name: string;
  /** Names of the interpreter's program. */
  readonly program: RegExp;
  /** What every process of the runtime has mapped, for programs that have a name of their own. */
  readonly library?: RegExp;
  readonly language: string;
  args(pid: number): string[];
  parse(text: string, pid: number): ThreadStack[];
}

/** None of them stops the process: they read its memory, or ask its runtime. */
const LANGUAGE_TOOLS: readonly LanguageTool[] = [
  {
    name: "py-spy",
    program: /^(python|pypy)[\d.]*$/,
    language: "Python",
    args: (pid) => ["dump", "--json", "--nonblocking", "--pid", String(pid)],
    parse: parsePySpy,
  },
  {
    name: "rbspy",
    program: /^ruby[\d.]*$/,
    language: "Ruby",
    args: (pid) => ["snapshot", "--nonblocking", "--pid", String(pid)],
    parse: parseRbspy,
  },
  {
    name: "dotnet-stack",
    program: /^dotnet$/,
    library: /\/libcoreclr\.so$/m,
    language: ".NET",
    args: (pid) => ["report", "--process-id", String(pid)],
    parse: parseDotnetStack,
  },
  {
    name: "phpspy",
    program: /^php(?:-cgi|-fpm|dbg)?[\d.]*$/,
    language: "PHP",
    // One look, which neither stops the process nor goes on.
    args: (pid) => ["--limit=1", `--pid=${pid}`],
    parse: parsePhpspy,
  },
];
const AT_A_TIME = 4;

/**
 * Asks the tool of each process's language for its frames, once. A tool that is missing is one line for all processes
 * of the language.
 *
 * @param context where to put what was found
 * @param targets the processes
 * @param signal aborted when time is up
 */
export async function runLanguageTools(
  { runtime, toolbox, log, collected }: NativeContext,
  targets: readonly StackTarget[],
  signal: AbortSignal,
): Promise<void> {
  const jobs = targets.flatMap((target) => {
    const path = runtime.files.readLink(`/proc/${target.pid}/exe`) ?? target.command[0] ?? "";
    const program = path.replace(/ \(deleted\)$/, "").split("/").at(-1)!;
    const tool = LANGUAGE_TOOLS.find((tool) => tool.program.test(program)) ??
      toolByLibrary(runtime, target.pid);
    return tool === undefined ? [] : [{ pid: target.pid, tool }];
  });
  for (const tool of new Set(jobs.map(({ tool }) => tool))) {
    if (toolbox.has(tool.name)) continue;
    const detail = `stacks of ${tool.language} code are missing: ${installAdvice(tool.name)}`;
    log.add({ name: tool.name, pid: 0, status: "missing", ms: 0, detail });
  }
  const possible = jobs.filter(({ tool }) => toolbox.has(tool.name));
  await forEachLimited(possible, AT_A_TIME, async ({ pid, tool: { name, args, parse } }) => {
    const result = await toolbox.run({ name, args: args(pid), signal });
    const { ms } = result;
    const stacks = parse(result.stdout, pid);
    for (const stack of stacks) collected.push({ ...stack, pid });
    if (stacks.length > 0) return log.add({ name, pid, status: "ok", ms });
    log.add({ name, pid, ms, ...describeFailure(runtime.files, pid, result) });
  });
}

function toolByLibrary(runtime: Runtime, pid: number): LanguageTool | undefined {
  const maps = runtime.files.readText(`/proc/${pid}/maps`) ?? "";
  return LANGUAGE_TOOLS.find(({ library }) => library?.test(maps));
}
