import type { Frame, Stack } from "../../sample_document.ts";
import { groupBy } from "../../std/group_by.ts";

/** CPython's function that runs Python code: in its place stand the Python frames. */
const PYTHON_EVALUATOR = /^_?PyEval_EvalFrame(Default|Ex)(\.|$)/;
/** What CPython is made of and how it gets from one call to the next: the same whatever it runs. */
const PYTHON_PLUMBING =
  /^_?Py(?!Thread_|Init_)[\w@]+|^(pymain|pyrun|pythread|pymalloc|arena_map|long|binary|gen|object)_\w+|vectorcall|^(run_(mod|eval_code_obj)|address_in_range|binary_op1|(function_code|method)_fastcall|call_(function|method|unbound_noarg)|do_call_core|slot_tp_\w+|type_call|cfunction_\w+|builtin_exec\w*|thread_run|t_bootstrap|wrap_\w+)(\.|$)/;
/** Where CPython itself lies; its `main` is none of a program. */
const PYTHON_MODULE = /^(lib)?python[\d.]*|^(python|main)\.c$/;
const START = /^(_start|__libc_start_\w+|_*clone3?|start_thread)$/;
/** Code that was compiled while it ran, and modules without symbols. */
const NAMELESS = /^(0x[0-9a-f]+|\?+|)$|\+0x[0-9a-f]+$/i;
/** Languages whose innermost frame may be in a function of C that says more. */
const WITH_LEAVES: readonly string[] = ["python", "java"];
const MAX_LEAVES = 12;

/** One stack per place: of a thread that runs a language, that language's frames with those of C where they belong. */
export interface MergedStacks {
  /** The language of the frames, `native` for none. */
  readonly language: string;
  readonly stacks: readonly Stack[];
}

/**
 * Makes one stack of the native and the language's one of each thread: the frames of the language stand in the place of
 * the interpreter's, and the functions of C that the innermost one is in stand below it. Where several looks saw
 * different stacks in the language, it cannot be told which goes with which, and the language's stand alone.
 *
 * @param stacks of one thread in all languages
 * @returns the stacks to show, for each language that was read
 */
export function mergeLanguages(stacks: readonly Stack[]): MergedStacks[] {
  const native = stacks.filter((stack) => stack.language === "native");
  const groups = [...groupBy(stacks, (stack) => stack.language)].filter(([name]) => name !== "native");
  if (groups.length === 0) return native.length === 0 ? [] : [{ language: "native", stacks: native }];
  return groups.map(([language, own]) => {
    const only = own.length === 1 ? own[0] : undefined;
    if (only === undefined || native.length === 0 || !WITH_LEAVES.includes(language)) {
      return { language, stacks: own };
    }
    const merged = native.map((stack) => ({
      ...stack,
      language,
      frames: mergeFrames(language, only, stack),
    }));
    return { language, stacks: merged };
  });
}

function mergeFrames(language: string, { frames: own }: Stack, { frames: native }: Stack): readonly Frame[] {
  if (language !== "python") return [...leaves(native), ...own];
  const runs = native.flatMap((frame, position) => PYTHON_EVALUATOR.test(frame.function) ? [position] : []);
  const innermost = runs[0];
  if (innermost === undefined) return [...leaves(native).filter(isTelling), ...own];
  const outer = native.slice(runs.at(-1)! + 1).filter(isTelling);
  // From 3.11 on one run of the interpreter may hold several calls: then only the two ends are known.
  if (runs.length !== own.length) return [...native.slice(0, innermost).filter(isTelling), ...own, ...outer];
  const between = runs.flatMap((position, index) => [
    ...native.slice(index === 0 ? 0 : runs[index - 1]! + 1, position).filter(isTelling),
    own[index]!,
  ]);
  return [...between, ...outer];
}

/** The innermost frames that have names: below code that has none it is not known who called whom. */
function leaves(native: readonly Frame[]): readonly Frame[] {
  const end = native.findIndex((frame) =>
    NAMELESS.test(frame.function) || PYTHON_MODULE.test(frame.file ?? "") || START.test(frame.function)
  );
  return native.slice(0, Math.min(end < 0 ? native.length : end, MAX_LEAVES));
}

function isTelling(frame: Frame): boolean {
  const { function: name, file = "" } = frame;
  const isOwnMain = name === "main" && (file === "" || PYTHON_MODULE.test(file.split("/").at(-1)!));
  return !isOwnMain && !PYTHON_PLUMBING.test(name) && !START.test(name) && !NAMELESS.test(name);
}
