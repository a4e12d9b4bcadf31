import type { SuiteConfig, TestOverride, TestSettings } from "../config/suite_config.ts";
import { globMatcher } from "./glob_matcher.ts";

/** Where the settings of a test come from, beside the configuration. */
export interface SettingsSources {
  readonly config: SuiteConfig;
  /** Of the command line, for every test: stronger than the configuration's, weaker than its overrides. */
  readonly settings: TestSettings;
  /** Of the command line, for some tests (`--serial`, `--group`): the strongest. Their globs are relative to `cwd`. */
  readonly overrides: readonly TestOverride[];
  /** Absolute path of the run's working directory. */
  readonly cwd: string;
}

/**
 * What is set for each test.
 *
 * @param sources where it comes from
 * @returns a function of the absolute path of a test; environments are added together
 */
export function testSettings(sources: SettingsSources): (absolutePath: string) => TestSettings {
  const { config, settings, overrides, cwd } = sources;
  const general = merge(config.tests, settings);
  const rules = [
    ...config.overrides.map(({ files, ...rest }) => ({ fits: globMatcher(files, config.folder), rest })),
    ...overrides.map(({ files, ...rest }) => ({ fits: globMatcher(files, cwd), rest })),
  ];
  const { runner, prespawn } = settings;
  // What was asked for on the command line for every test; it says `off` or nothing of prespawning.
  const forAll: TestSettings = { ...runner && { runner }, ...prespawn && { prespawn } };
  return (absolutePath) => {
    let merged = general;
    for (const { fits, rest } of rules) if (fits(absolutePath)) merged = merge(merged, rest);
    return { ...merged, ...forAll };
  };
}

function merge(below: TestSettings, above: TestSettings): TestSettings {
  const set = Object.entries(above).filter(([, value]) => value !== undefined);
  const merged: TestSettings = { ...below, ...Object.fromEntries(set) };
  if (below.env === undefined || above.env === undefined) return merged;
  return { ...merged, env: { ...below.env, ...above.env } };
}
