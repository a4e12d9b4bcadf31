import { dirname, join } from "../std/path.ts";
import { splitOptions } from "./split_options.ts";
import type { WarmTest, WarmTestOptions } from "./warm_test.ts";

/** Options with a value of their own, unless it follows at once. */
const WITH_VALUE = /^-[a-zA-Z]*[WX]$|^--check-hash-based-pycs$/;
/** Options that run something else than a file, or go on afterwards. */
const WITHOUT_FILE = /^-[a-zA-Z]*[chVi]|^--(?:help|version)/;
/** The modules whose runner is the same program. */
const MODULES = new Set(["pytest", "unittest"]);

/**
 * How a Python is started before its test is known: by the cold command with the runner program in place of the file, or in
 * front of `-m MODULE`.
 *
 * @param command of a cold start: a Python, its options, the file or `-m MODULE`, and arguments
 * @param options what goes with it
 * @returns the start; undefined when it runs neither a file nor a test module that is known
 */
export function pythonStart(
  [python, ...words]: readonly [string, ...string[]],
  { cwd, env, preloads, runnerFile }: WarmTestOptions,
): WarmTest | undefined {
  const isModule = (word: string): boolean => word === "-m";
  const split = splitOptions(words, (option) => isModule(option) || WITH_VALUE.test(option));
  if (split === undefined) return undefined;
  const at = split.options.findIndex(isModule);
  const isBare = split.options.some((option) => WITHOUT_FILE.test(option));
  // What follows `-m MODULE` is the module's.
  const parts = at < 0
    ? { flags: split.options, module: undefined, rest: words.slice(split.options.length) }
    : { flags: split.options.slice(0, at), module: words[at + 1], rest: words.slice(at + 2) };
  const { flags, module, rest } = parts;
  const [main, ...args] = rest;
  if (main === undefined || at < 0 && isBare || module !== undefined && !MODULES.has(module)) {
    return undefined;
  }
  // Modules of the project are found from the folder of the test.
  const folder = preloads.length === 0 ? [] : [dirname(join(cwd, main))];
  const mode = module === undefined ? folder : ["-m", module];
  return {
    start: {
      runner: module ?? "python",
      command: [python, ...flags, runnerFile, ...mode],
      runnerFile,
      cwd,
      env,
      preloads,
    },
    main,
    args,
  };
}
