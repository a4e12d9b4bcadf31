import { exists } from "../support/exists.ts";

/** One program of the corpus, as its `case.json` describes it; `tests/hangs/cases/README.md` explains each key. */
export interface HangCase {
  readonly name: string;
  /** Languages of the tree, `+` between them. */
  readonly language: string;
  readonly build: readonly string[] | null;
  readonly start: readonly string[];
  /** Relative to the folder. */
  readonly cwd: string;
  readonly readyMs: number;
  readonly cause: string;
  readonly alsoAccept?: readonly string[];
  readonly rootProgram: string;
  readonly mention: readonly string[];
  /** Which of `CORPORA` it belongs to. */
  readonly corpus: string;
  /** Absolute path. */
  readonly folder: string;
}

/** Folders of cases: those that the rules were made for, those written after the first rules, and those held back until all rules stood. */
export const CORPORA: readonly string[] = ["cases", "more", "fresh"];

/** Languages whose stacks need no help from a language runtime. */
const NATIVE_LANGUAGES = new Set(["C", "bash", "coreutils", "perl"]);

/** Programs that a language needs, where they are not simply the language's name. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  C: ["gcc"],
  "C++": ["g++"],
  coreutils: ["tee"],
  "util-linux": ["flock"],
  java: ["java", "javac"],
  python: ["python3"],
  rust: ["rustc"],
};

/**
 * Reads the cases of every corpus.
 *
 * @param folder absolute path of the folder that holds the folders of `CORPORA`; those that are missing have no cases
 * @returns the cases, by name within each corpus
 * @throws {Deno.errors.NotFound} when a `case.json` is missing
 */
export function loadHangCases(folder: string): HangCase[] {
  return CORPORA.filter((corpus) => exists(`${folder}/${corpus}`)).flatMap((corpus) =>
    [...Deno.readDirSync(`${folder}/${corpus}`)]
      .filter((entry) => entry.isDirectory && !entry.name.startsWith("_"))
      .map((entry) => ({
        ...JSON.parse(Deno.readTextFileSync(`${folder}/${corpus}/${entry.name}/case.json`)),
        corpus,
        folder: `${folder}/${corpus}/${entry.name}`,
      }))
      .sort((a, b) => a.name < b.name ? -1 : 1)
  );
}

/** Whether all of the case's programs are C, shell or Perl. */
export function isNative(hang: HangCase): boolean {
  return hang.language.split(/\+(?=\w)/).every((language) => NATIVE_LANGUAGES.has(language));
}

/**
 * The programs that a case needs.
 *
 * @param hang the case
 * @returns names to look up in `PATH`
 */
export function programsOf(hang: HangCase): string[] {
  return hang.language.split(/\+(?=\w)/).flatMap((language) => PROGRAMS[language] ?? [language]);
}
