/**
 * `deno task docs [PAGE...]`: runs the examples of the documentation and writes what they print into the pages. A block
 * that still says the same stays as it is; one whose programs are missing here, or that ran on a starved machine, is left
 * alone, and told.
 */
import { docBlocks, fillBlocks } from "./docs/doc_block.ts";
import { docPages, readPage, writePage } from "./docs/doc_pages.ts";
import { inParallel } from "./docs/in_parallel.ts";
import { makeBlocks } from "./docs/make_blocks.ts";
import { essenceOf } from "./docs/steady_text.ts";

const PAGES_AT_A_TIME = 3;

const wanted = Deno.args.length > 0 ? Deno.args : docPages();
await inParallel(wanted, PAGES_AT_A_TIME, async (page) => {
  const blocks = docBlocks(readPage(page));
  if (blocks.length === 0) return;
  const bodies = (await makeBlocks(blocks)).map((made, position) => {
    if (made.kind === "missing") {
      console.log(`${page}: block ${position + 1} left alone, needs ${made.needs.join(", ")}`);
      return undefined;
    }
    if (made.body.includes("the machine is starved")) {
      console.log(`${page}: block ${position + 1} left alone, since other programs keep the machine busy`);
      return undefined;
    }
    return essenceOf(made.body) === essenceOf(blocks[position]!.body) ? undefined : made.body;
  });
  const isChanged = bodies.some((body) => body !== undefined);
  if (isChanged) writePage(page, fillBlocks(readPage(page), bodies));
  console.log(`${page}: ${isChanged ? "written" : "up to date"}`);
});
