/** A block of a page that is made, not written: a marker in a comment, and the fenced code after it. */
export interface DocBlock {
  /** `run`: commands and what they print; `file`: a file; `diff`: how two files differ. */
  readonly kind: "run" | "file" | "diff";
  /** Below `examples/hangs`: a folder for `run`, else files. */
  readonly paths: readonly string[];
  /** Programs, and modules of Python as `python3:pytest`, without which it cannot be made. */
  readonly needs: readonly string[];
  /** What stands between the fences now, with a line break at the end. */
  readonly body: string;
}

const BLOCK = /(<!-- (run|file|diff) ([^>\n]*?) -->\n\n?```[^\n]*\n)([^]*?)(^```$)/gm;

/**
 * Finds the blocks of a page that are made by `deno task docs`.
 *
 * A marker reads `<!-- run FOLDER -->`, `<!-- file FILE -->` or `<!-- diff FILE FILE -->`, and may say what is needed:
 * `<!-- run FOLDER, needs gcc eu-stack -->`.
 *
 * @param page the text of the page
 * @returns the blocks in their order
 */
export function docBlocks(page: string): DocBlock[] {
  return [...page.matchAll(BLOCK)].map(([, , kind, words, body]) => readBlock(kind!, words!, body!));
}

/**
 * Puts new bodies into the blocks of a page.
 *
 * @param page the text of the page
 * @param bodies one for each block, each with a line break at the end; undefined leaves a block as it is
 * @returns the new text
 */
export function fillBlocks(page: string, bodies: readonly (string | undefined)[]): string {
  let position = 0;
  return page.replaceAll(
    BLOCK,
    (_all, head: string, _kind, _words, body: string, end: string) =>
      head + (bodies[position++] ?? body) + end,
  );
}

/**
 * The commands of a `run` block.
 *
 * @param body what stands between its fences
 * @returns what follows `$ ` on each line that begins with it
 */
export function commandsOf(body: string): string[] {
  return body.split("\n").filter((line) => line.startsWith("$ ")).map((line) => line.slice(2));
}

function readBlock(kind: string, words: string, body: string): DocBlock {
  const [paths = "", needs = ""] = words.split(", needs ");
  return {
    kind: kind as DocBlock["kind"],
    paths: paths.split(" "),
    needs: needs.split(" ").filter((need) => need !== ""),
    body,
  };
}
