/** Sections that are for pytest, by the file that they stand in. */
const SECTIONS: Readonly<Record<string, RegExp>> = {
  "pyproject.toml": /^[ \t]*\[tool\.pytest\b[^\]\n]*\]/m,
  "pytest.ini": /^\[pytest\]/m,
  ".pytest.ini": /^\[pytest\]/m,
  "setup.cfg": /^\[tool:pytest\]/m,
  "tox.ini": /^\[pytest\]/m,
};
/** So many paths are looked at. */
const MAX_PATHS = 100;

/** Names of the files in which a project may have settings for pytest. */
export const PYTEST_FILES: readonly string[] = Object.keys(SECTIONS);

/**
 * Where pytest looks for tests in a project, when nothing is named: its setting `testpaths`.
 *
 * @param fileName one of `PYTEST_FILES`
 * @param text what the file holds
 * @returns paths and globs relative to the folder of the file, empty when it does not say; undefined when the file has no
 * section for pytest
 */
export function pytestPaths(fileName: string, text: string): readonly string[] | undefined {
  const header = SECTIONS[fileName]?.exec(text);
  if (!header) return undefined;
  const section = text.slice(header.index + header[0].length).split(/^[ \t]*\[[\w"]/m, 1)[0]!;
  const setting = /^[ \t]*testpaths[ \t]*=[ \t]*/m.exec(section);
  if (setting === null) return [];
  const value = section.slice(setting.index + setting[0].length);
  const paths = fileName.endsWith(".toml") ? tomlStrings(value) : iniValue(value);
  return paths.join(" ").split(/\s+/).filter((path) => path !== "").slice(0, MAX_PATHS);
}

/** The strings of an array, or the one that stands there. */
function tomlStrings(value: string): string[] {
  const written = value.startsWith("[") ? value.split("]", 1)[0]! : value.split("\n", 1)[0]!;
  return [...written.matchAll(/#.*|"([^"\n]*)"|'([^'\n]*)'/g)].map(([, double, single]) =>
    double ?? single ?? ""
  );
}

/** The rest of the line, and the lines below that are indented. */
function iniValue(value: string): string[] {
  return value.split(/\n(?![ \t])/, 1)[0]!.split("\n").map((line) => line.replace(/(?:^|\s)[#;].*/, ""));
}
