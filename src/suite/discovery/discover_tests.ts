import type { Runtime } from "../../runtime/port.ts";
import { resolve } from "../../std/path.ts";
import { visibleText } from "../../visible_text.ts";
import type { TestSettings } from "../config/suite_config.ts";
import type { RunnerName } from "../runners/runner_names.ts";
import type { SuiteTest } from "../suite_options.ts";
import type { DiscoveredTests, DiscoverOptions } from "./discover_options.ts";
import { fillCommand } from "./fill_command.ts";
import { findFiles, type FoundFile } from "./find_files.ts";
import { globMatcher } from "./glob_matcher.ts";
import { TEST_NAMES, testNameKind } from "./is_test_name.ts";
import { pathBelow } from "./path_below.ts";
import { FileRunners } from "./runner_of_file.ts";
import { testSettings } from "./test_settings.ts";

/** So many places are named in the sentence about what was looked for. */
const MAX_PLACES = 5;
const MAX_SENTENCES = 20;

/**
 * Finds the tests of a run and how each is run: named files, those that globs match, and in folders those that are called
 * like tests. A file that is named twice counts once.
 *
 * @param options what to look for
 * @param runtime the host
 * @returns the tests, and what stood in the way; never rejects for what it finds
 * @example Find the tests of a folder
 * ```ts
 * import { host } from "../../runtime/host.ts";
 * import { loadConfig } from "../config/load_config.ts";
 * import { discoverTests } from "./discover_tests.ts";
 *
 * const cwd = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${cwd}/one_test.ts`, "");
 * const config = loadConfig(host.files, { cwd });
 * const { tests } = await discoverTests({ paths: [], config, cwd }, host);
 * if (tests[0]?.runner !== "deno-test") throw new Error("unexpected");
 * await Deno.remove(cwd, { recursive: true });
 * ```
 */
export async function discoverTests(options: DiscoverOptions, runtime: Runtime): Promise<DiscoveredTests> {
  const { config, command, settings = {}, overrides = [], repeat = 1, listed = [] } = options;
  const cwd = resolve(options.cwd ?? runtime.cwd());
  const isNothingNamed = options.paths.length === 0 && options.listed === undefined;
  const fromConfig = (config.files ?? []).map((file) =>
    pathBelow(cwd, resolve(config.folder, file)) || resolve(config.folder, file)
  );
  const paths = !isNothingNamed ? options.paths : fromConfig.length > 0 ? fromConfig : ["."];
  const found = findFiles(runtime.files, {
    paths,
    listed,
    listedAreNames: command !== undefined,
    cwd,
    isExcluded: globMatcher(config.exclude, config.folder),
  });
  const settingsOf = testSettings({ config, settings, overrides, cwd });
  const runners = new FileRunners(runtime, cwd);
  const problems = [...found.problems];
  const ids = new Set<string>();
  const tests: SuiteTest[] = [];
  for (const file of found.files) {
    const { runner, ...rest } = settingsOf(file.absolutePath);
    const planned = command === undefined
      ? await runners.of(file, runner as RunnerName | undefined)
      : planCommand(command, file);
    if (planned.kind === "problem") {
      problems.push(`Cannot run "${visibleText(file.file)}": ${planned.problem}`);
    }
    if (planned.kind !== "runs") continue;
    const plain = toTest(file, { runner: planned.runner, ...planned.command }, rest);
    addRepeated(
      tests,
      ids,
      { ...plain, testId: pathBelow(cwd, file.absolutePath) ?? file.absolutePath },
      repeat,
    );
  }
  const lookedFor = describeSearch(paths, options);
  return { tests, problems: shortened(problems), warnings: shortened(found.warnings), lookedFor };
}

/** Thousands of sentences would hide the first. */
function shortened(sentences: readonly string[]): readonly string[] {
  if (sentences.length <= MAX_SENTENCES) return sentences;
  const more = `There are ${sentences.length - MAX_SENTENCES} more messages like these`;
  return [...sentences.slice(0, MAX_SENTENCES), more];
}

/** Of what lies in folders, only what is called like a test and can be run by itself is one, with a command as well. */
function planCommand(command: readonly string[], { file, mode, how }: FoundFile):
  | { kind: "runs"; runner: string; command: Pick<SuiteTest, "command"> }
  | { kind: "no-test" }
  | { kind: "problem"; problem: string } {
  const kind = testNameKind(file.slice(file.lastIndexOf("/") + 1));
  const isTest = kind !== undefined && (kind !== "program" || (mode & 0o111) !== 0);
  if (how === "folder" && !isTest) return { kind: "no-test" };
  return { kind: "runs", runner: "command", command: { command: fillCommand(command, file) } };
}

function toTest(
  { file }: FoundFile,
  planned: Pick<SuiteTest, "runner" | "command" | "cwd" | "env" | "skipCodes" | "emptyCodes">,
  settings: TestSettings,
): Omit<SuiteTest, "testId"> {
  const env = planned.env && settings.env ? { ...planned.env, ...settings.env } : settings.env ?? planned.env;
  return { name: file, file, ...planned, ...settings, env };
}

/** Gives each repetition an id of its own, also where a file has the name that it would get. */
function addRepeated(tests: SuiteTest[], ids: Set<string>, test: SuiteTest, repeat: number): void {
  for (let round = 1, number = 1; round <= repeat; round++) {
    const idOf = (): string => number === 1 ? test.testId : `${test.testId}#${number}`;
    while (ids.has(idOf())) number++;
    const testId = idOf();
    ids.add(testId);
    tests.push(number === 1 ? test : { ...test, testId, name: `${test.name}#${number}` });
  }
}

function describeSearch(paths: readonly string[], { listed, command }: DiscoverOptions): string {
  if (paths.length === 0 && listed?.length === 0) return "Cannot find any test: the list is empty";
  const places = paths.slice(0, MAX_PLACES).map((path) =>
    path === "." ? "this folder" : `"${visibleText(path)}"`
  );
  if (paths.length > MAX_PLACES) places.push(`${paths.length - MAX_PLACES} more`);
  if (listed !== undefined && listed.length === 0) places.push("an empty list");
  const hint = command === undefined
    ? "name a test file, or give a command after --"
    : "name the files for the command";
  return `Cannot find any test in ${places.join(", ")}: looked for ${TEST_NAMES}; ${hint}`;
}
