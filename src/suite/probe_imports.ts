import { parseProbe, probeArguments, type ProbedImport } from "../prespawn/import_probe.ts";
import { findProgram } from "../runtime/find_program.ts";
import type { Child, Runtime } from "../runtime/port.ts";

/** What modules are loaded with. */
export interface ProbeImportsOptions {
  /** The interpreter: a path, or a name in `PATH`. */
  readonly program: string;
  /** Which of the built-in runner programs is for it. */
  readonly runnerProgram: string;
  /** Absolute path of the working directory. */
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The modules. */
  readonly names: readonly string[];
  /** Ends the probe. */
  readonly signal: AbortSignal;
}

/** What takes longer to load is not for every test. */
const LIMIT_MS = 30_000;
const MAX_CHARACTERS = 1_000_000;

/**
 * Loads modules in a process of their own, which ends with its children.
 *
 * @param options which modules, and how
 * @param runtime the host
 * @returns those that could be loaded in time and do not belong to the project
 */
export async function probeImports(options: ProbeImportsOptions, runtime: Runtime): Promise<ProbedImport[]> {
  const { program, runnerProgram, cwd, env, names, signal } = options;
  const found = findProgram(runtime.files, program, { searchPath: env.PATH, cwd });
  if (found.kind !== "found") return [];
  const token = crypto.randomUUID();
  let child: Child;
  try {
    child = runtime.spawn({
      program: found.path,
      args: probeArguments(runnerProgram, names, token),
      cwd,
      env,
      newSession: true,
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    });
  } catch {
    return [];
  }
  const end = (): void => void runtime.kill(-child.pid, "SIGKILL");
  const timer = setTimeout(end, LIMIT_MS);
  signal.addEventListener("abort", end, { once: true });
  const text = readText(child.stdout!);
  await child.exited;
  // What the modules have started would keep the pipe.
  end();
  clearTimeout(timer);
  signal.removeEventListener("abort", end);
  return parseProbe(await text, token, names);
}

async function readText(stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of stream) {
    if (text.length < MAX_CHARACTERS) text += decoder.decode(bytes, { stream: true });
  }
  return text;
}
