import { nearestName } from "../nearest_name.ts";
import { resolve } from "../std/path.ts";
import { globMatcher } from "../suite/discovery/glob_matcher.ts";
import type { SuiteTest } from "../suite/suite_options.ts";
import { visibleText } from "../visible_text.ts";
import type { OptionValues } from "./option_values.ts";

/**
 * Tells of options that name tests of which there are none: with a mistake in its glob, a test that was to run alone would run
 * beside others, and nobody would know.
 *
 * @param values the options as given, which could be read
 * @param tests all tests that were found
 * @param cwd absolute path that globs are below
 * @returns a sentence each
 */
export function unusedSelections(
  values: OptionValues,
  tests: readonly SuiteTest[],
  cwd: string,
): string[] {
  // What was looked for is told then.
  if (tests.length === 0) return [];
  const matchesNone = (glob: string): boolean => {
    const fits = globMatcher([glob], cwd);
    return !tests.some(({ file }) => fits(resolve(cwd, file)));
  };
  const globs = [
    ...values.texts("serial").map((glob) => ({ glob, option: `--serial "${glob}"` })),
    ...values.texts("group").map((text) => ({
      glob: text.slice(text.indexOf("=") + 1),
      option: `--group "${text}"`,
    })),
  ];
  const groups = [...new Set(tests.flatMap(({ group }) => group ?? []))];
  const limits = values.texts("group-limit").map((text) => text.slice(0, text.indexOf("=")));
  return [
    ...globs.filter(({ glob }) => matchesNone(glob)).map(({ option }) =>
      `${visibleText(option)} matches none of the tests; globs are relative to the folder of the run`
    ),
    ...limits.filter((name) => !groups.includes(name)).map((name) => {
      const nearest = nearestName(name, groups);
      const hint = nearest === undefined ? "put tests into it with --group" : `did you mean "${nearest}"?`;
      return visibleText(`--group-limit has no effect: no test is in the group "${name}"; ${hint}`);
    }),
  ];
}
