import { commonNames, importNames } from "../prespawn/import_names.ts";
import { languageOf } from "../prespawn/import_probe.ts";
import { runnerProgramOf } from "../prespawn/runner_program_of.ts";
import type { Runtime } from "../runtime/port.ts";
import { groupBy } from "../std/group_by.ts";
import { resolve } from "../std/path.ts";
import { prespawnModeOf } from "./may_start_warm.ts";
import { probeImports } from "./probe_imports.ts";
import type { SuiteTest } from "./suite_options.ts";
import type { LoadWarmSuiteOptions } from "./warm_starts_options.ts";

/** Stands for what most tests of a language import. */
export const AUTO_PRELOAD = "auto";
/** Interpreters and folders that are looked at; the tests of others have nothing loaded. */
const MAX_GROUPS = 8;
/** Tests of each that are read. */
const MAX_READ = 200;
/** How much of each. */
const MAX_BYTES = 65_536;
const MAX_NAMES = 50;
/** What is loaded in less time is there already. */
const LEAST_MS = 0.1;

/** Which modules are loaded before the turn of each test. */
export class PreloadChoice {
  readonly #options: Pick<LoadWarmSuiteOptions, "prespawn">;
  readonly #learned = new Map<string, readonly string[]>();

  private constructor(options: LoadWarmSuiteOptions) {
    this.#options = options;
  }

  /**
   * Makes the choice. For tests with `auto` their imports are read, and those that are common are loaded once in a process of
   * their own, for who can be loaded at all and belongs to no project; what was chosen is told as a note.
   *
   * @param options of the run
   * @returns the choice; incomplete when the signal is aborted
   */
  static async of(options: LoadWarmSuiteOptions): Promise<PreloadChoice> {
    const choice = new PreloadChoice(options);
    const groups = groupBy(
      options.tests.filter((test) => choice.#given(test).includes(AUTO_PRELOAD)),
      groupOf,
    );
    for (const [group, tests] of [...groups].slice(0, MAX_GROUPS)) {
      if (options.signal.aborted) break;
      choice.#learned.set(group, await learn(tests, options));
    }
    return choice;
  }

  /** The modules to load before the turn of a test. */
  of(test: SuiteTest): readonly string[] {
    const given = this.#given(test);
    if (!given.includes(AUTO_PRELOAD)) return given;
    const names = given.filter((name) => name !== AUTO_PRELOAD);
    return [...new Set([...names, ...this.#learned.get(groupOf(test)) ?? []])];
  }

  #given(test: SuiteTest): readonly string[] {
    return test.preloads ?? this.#options.prespawn?.preloads ?? [];
  }
}

function groupOf({ command: [program], cwd, warmRunner }: SuiteTest): string {
  return JSON.stringify([program, cwd, warmRunner]);
}

async function learn(tests: readonly SuiteTest[], options: LoadWarmSuiteOptions): Promise<string[]> {
  const [first] = tests;
  const program = first!.command[0];
  const runnerProgram = runnerProgramOf(program);
  // Nobody knows the language of somebody's own runner.
  if (runnerProgram === undefined || first!.warmRunner !== undefined) return [];
  const { runtime, cwd, prespawn, signal } = options;
  const language = languageOf(runnerProgram);
  const lists = tests.slice(0, MAX_READ).map((test) =>
    importNames(readStart(runtime, resolve(cwd, test.file)), language)
  );
  const common = commonNames(lists, MAX_NAMES);
  const command = { program, runnerProgram, cwd: first!.cwd ?? cwd, env: options.environmentOf(first!) };
  const probed = common.length === 0
    ? []
    : await probeImports({ ...command, names: common, signal }, runtime);
  const isForked = prespawnModeOf(first!, prespawn) === "fork";
  const chosen = probed.filter(({ ms, threads }) => ms >= LEAST_MS && !(isForked && threads > 0));
  if (signal.aborted) return [];
  const name = program.slice(program.lastIndexOf("/") + 1);
  const totalMs = Math.round(chosen.reduce((sum, { ms }) => sum + ms, 0));
  options.note(
    chosen.length === 0
      ? `Nothing is preloaded for ${name}: no module that takes a while is imported by at least half of its tests`
      : `Preloaded for ${name}, as at least half of its tests import them: ${
        chosen.map((one) => one.name).join(", ")
      } (${totalMs} ms)`,
  );
  return chosen.map((one) => one.name);
}

function readStart({ files }: Runtime, path: string): string {
  return files.readText(path, MAX_BYTES) ?? "";
}
