import { findTool } from "../hooks/collectors/native/find_tool.ts";
import { createPythonStackSource } from "../hooks/collectors/python/python_stack_source.ts";
import type { Child, Runtime } from "../runtime/port.ts";
import { runTool } from "../runtime/run_tool.ts";
import { visibleText } from "../visible_text.ts";
import { LANGUAGE_TOOLS, type LanguageSurvey, RUNTIME_COMMANDS } from "./language_checks.ts";
import { STACK_TOOLS } from "./tool_checks.ts";

const TIMEOUT_MS = 5000;
const INSPECTOR_PORT = 9229;
/** Says its version once it is where it waits. */
const PYTHON_PROGRAM =
  "import sys\ndef wait_here():\n print('%d.%d.%d' % sys.version_info[:3], flush=True)\n sys.stdin.read()\nwait_here()";
const WAITS_IN = "wait_here";

/**
 * Finds out what is seen of programs in each language: asks runtimes for their versions, and reads the stacks of a
 * Python child, which ends with this call. Linux only.
 *
 * @param runtime the host
 * @param kernel whether the memory of own processes can be read, and whether tools are kept from attaching to them
 * @returns what was found
 */
export async function surveyLanguages(
  runtime: Runtime,
  kernel: Pick<LanguageSurvey, "isMemoryReadable" | "isTraceDenied">,
): Promise<LanguageSurvey> {
  const [versions, python, isInspectorPortTaken] = await Promise.all([
    Promise.all(
      RUNTIME_COMMANDS.map(async ([command, argument]) =>
        [command, await versionOf(runtime, command, argument)] as const
      ),
    ),
    tryPython(runtime),
    isTaken(runtime, INSPECTOR_PORT),
  ]);
  return {
    versions: Object.fromEntries(versions),
    python,
    isInspectorPortTaken,
    ...kernel,
    stackTool: STACK_TOOLS.find((name) => findTool(runtime, name) !== undefined),
    tools: LANGUAGE_TOOLS.filter((name) => findTool(runtime, name) !== undefined),
  };
}

async function versionOf(runtime: Runtime, program: string, argument: string): Promise<string | undefined> {
  if (findTool(runtime, program) === undefined) return undefined;
  const result = await runTool(runtime, { program, args: [argument], timeoutMs: TIMEOUT_MS });
  // Java tells it on stderr.
  const version = /\d+(?:\.\d+)+[\w.+-]*/.exec(`${result.stdout}\n${result.stderr}`)?.[0];
  return result.status === "ok" && version !== undefined ? version : "version unknown";
}

async function tryPython(runtime: Runtime): Promise<LanguageSurvey["python"]> {
  if (findTool(runtime, "python3") === undefined) return undefined;
  const child = runtime.spawn({
    program: "python3",
    args: ["-c", PYTHON_PROGRAM],
    newSession: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  });
  const patience = setTimeout(() => runtime.kill(child.pid, "SIGKILL"), TIMEOUT_MS);
  try {
    const version = visibleText(await firstLine(child)).slice(0, 40);
    if (version === "") return { wasRead: false, version: "python3", detail: "does not run" };
    const source = createPythonStackSource(runtime);
    const target = { pid: child.pid, command: ["python3"], threadCount: 1, busy: false };
    const startMs = performance.now();
    await source.takeSnapshot([target], new AbortController().signal);
    const ms = performance.now() - startMs;
    const frames = [...source.stacks().values()].flat().flatMap((stack) => stack.frames);
    const wasRead = frames.some((frame) => frame.function.endsWith(WAITS_IN));
    const problem = source.records().find(({ status }) => status !== "ok")?.detail ??
      "its memory tells no stack";
    return { wasRead, version, detail: wasRead ? `tried on a child, ${ms.toFixed(0)} ms` : problem };
  } finally {
    clearTimeout(patience);
    runtime.kill(child.pid, "SIGKILL");
    await child.exited;
  }
}

/** Empty when it ends without one. */
async function firstLine(child: Child): Promise<string> {
  const reader = child.stdout!.getReader();
  const decoder = new TextDecoder();
  let text = "";
  while (!text.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return text.split("\n")[0]!;
}

async function isTaken(runtime: Runtime, port: number): Promise<boolean> {
  try {
    (await runtime.connectLoopback(port)).close();
    return true;
  } catch {
    return false;
  }
}
