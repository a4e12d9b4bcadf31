import type { ImportLanguage } from "./import_names.ts";

/** A module that a probe has loaded. */
export interface ProbedImport {
  readonly name: string;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  /** Threads that it has started and left. */
  readonly threads: number;
}

/** Python that loads modules one by one, but for those that lie below its folder and are not installed. */
const PYTHON = `
import importlib.util, os, time
def count():
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 1
def is_own(name):
    spec = importlib.util.find_spec(name.partition(".")[0])
    places = list(spec.submodule_search_locations or []) + [spec.origin or ""]
    own = os.getcwd() + os.sep
    return any(p.startswith(own) and "site-packages" not in p and "dist-packages" not in p for p in places)
for name in NAMES:
    try:
        if is_own(name):
            continue
        threads, start = count(), time.perf_counter()
        __import__(name)
        ms = (time.perf_counter() - start) * 1000
        print("\\nTOKEN", name, ms, count() - threads, sep="\\t", flush=True)
    except BaseException:
        pass
os._exit(0)
`;

/** The same for Node, Deno and Bun. */
const JAVASCRIPT = `
for (const name of NAMES) {
  try {
    const place = import.meta.resolve(name);
    if (place.startsWith("file:") && !place.includes("/node_modules/")) continue;
    const start = performance.now();
    await import(name);
    console.log(["\\nTOKEN", name, performance.now() - start, 0].join("\\t"));
  } catch {
    // It is left out.
  }
}
globalThis.Deno === undefined ? process.exit(0) : Deno.exit(0);
`;

/** Arguments in front of a program's text, by the runner program of the interpreter. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  "python.py": ["-c"],
  "node.cjs": ["--input-type=module", "-e"],
  "deno.mjs": ["eval"],
  "bun.cjs": ["-e"],
};

/**
 * Arguments with which an interpreter loads modules and tells of those that could be loaded and are not the project's own.
 *
 * @param runnerProgram which of the built-in runner programs the interpreter is for
 * @param names of the modules
 * @param token what marks its lines among what the modules print
 */
export function probeArguments(runnerProgram: string, names: readonly string[], token: string): string[] {
  const text = languageOf(runnerProgram) === "python" ? PYTHON : JAVASCRIPT;
  return [
    ...ARGUMENTS[runnerProgram]!,
    text.replace("NAMES", () => JSON.stringify(names)).replace("TOKEN", token),
  ];
}

/**
 * Reads what a probe has told.
 *
 * @param output all that it printed
 * @param token as it was given
 * @param names as they were given: others are not believed
 */
export function parseProbe(output: string, token: string, names: readonly string[]): ProbedImport[] {
  const found: ProbedImport[] = [];
  for (const line of output.split("\n")) {
    const [mark, name = "", ms, threads] = line.split("\t");
    if (mark !== token || !names.includes(name) || !(Number(ms) >= 0)) continue;
    found.push({ name, ms: Number(ms), threads: Number(threads) || 0 });
  }
  return found;
}

/** The language of what a runner program runs. */
export function languageOf(runnerProgram: string): ImportLanguage {
  return runnerProgram === "python.py" ? "python" : "javascript";
}
