const ROOT = new URL("../..", import.meta.url).pathname;

/**
 * The pages of the documentation: `README.md` and what is below `docs/`.
 *
 * @returns paths from the root of the repository, sorted
 */
export function docPages(): string[] {
  return ["README.md", ...markdownBelow("docs")].sort();
}

/** The text of a page. */
export function readPage(page: string): string {
  return Deno.readTextFileSync(ROOT + page);
}

/** Replaces the text of a page. */
export function writePage(page: string, text: string): void {
  Deno.writeTextFileSync(ROOT + page, text);
}

function markdownBelow(folder: string): string[] {
  return [...Deno.readDirSync(ROOT + folder)].flatMap(({ name, isDirectory }) => {
    const path = `${folder}/${name}`;
    if (isDirectory) return markdownBelow(path);
    return name.endsWith(".md") ? [path] : [];
  });
}
