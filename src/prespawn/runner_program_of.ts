/** Runner programs, by what the interpreter's file is called. */
const PROGRAMS: readonly (readonly [RegExp, string])[] = [
  [/^python(?:3(?:\.\d+)?)?$/, "python.py"],
  [/^node$/, "node.cjs"],
  [/^deno$/, "deno.mjs"],
  [/^bun$/, "bun.cjs"],
];

/**
 * Which of the built-in runner programs stands in for a program.
 *
 * @param program path or name of what a command starts
 * @returns name of the file in `runners`; undefined when there is none for it
 */
export function runnerProgramOf(program: string): string | undefined {
  const name = program.slice(program.lastIndexOf("/") + 1);
  return PROGRAMS.find(([pattern]) => pattern.test(name))?.[1];
}
