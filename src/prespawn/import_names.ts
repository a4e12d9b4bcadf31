/** Languages whose imports can be read. */
export type ImportLanguage = "python" | "javascript";

const PYTHON_IMPORT = /^import[ \t]+([\w. ,\t]{1,500})|^from[ \t]+(\w[\w.]{0,200})[ \t]+import\b/gm;
const PYTHON_NAME = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;
/** An import, or a `require` at the beginning of a line; not of types alone. */
const SCRIPT_IMPORT =
  /^import\s+(?!type\b)(?:[^"';]{0,1000}?\sfrom\s+)?["']([^"'\n]{1,200})["']|^(?:const|let|var)\s[^=\n]{1,200}=\s*require\(\s*["']([^"'\n]{1,200})["']\s*\)/gm;
/** What is not a file of the project's own: a package, a built-in module, or a URL. */
const FOREIGN = /^(?:npm:|jsr:|node:|bun:|https:|@?[A-Za-z0-9])[^\s]*$/;

/**
 * Which modules a source imports, as far as its beginning-of-line imports tell: those that stand in functions and conditions
 * are not imported by all who load it.
 *
 * @param text the source
 * @param language of it
 * @returns names as they are written, each once, without paths to files
 */
export function importNames(text: string, language: ImportLanguage): string[] {
  const names = language === "python" ? pythonNames(text) : scriptNames(text);
  return [...new Set(names)];
}

/** How many texts import a module, from which on it counts as common. */
function leastOf(count: number): number {
  return Math.max(2, Math.ceil(count / 2));
}

/**
 * Which modules at least half of some sources import.
 *
 * @param lists the names of each source
 * @param maxNames how many at most: the most common ones
 * @returns names, the most common first
 */
export function commonNames(lists: readonly (readonly string[])[], maxNames: number): string[] {
  const counts = new Map<string, number>();
  for (const name of lists.flat()) counts.set(name, (counts.get(name) ?? 0) + 1);
  const least = leastOf(lists.length);
  return [...counts].filter(([, count]) => count >= least).sort(([, a], [, b]) => b - a)
    .slice(0, maxNames).map(([name]) => name);
}

function pythonNames(text: string): string[] {
  const found = [...text.matchAll(PYTHON_IMPORT)].flatMap(([, several, one]) =>
    one === undefined ? several!.split(",").map((part) => part.trim().split(/\s/)[0]!) : [one]
  );
  return found.filter((name) => PYTHON_NAME.test(name) && name !== "__future__");
}

function scriptNames(text: string): string[] {
  return [...text.matchAll(SCRIPT_IMPORT)].map(([, imported, required]) => imported ?? required!)
    .filter((name) => FOREIGN.test(name));
}
