import { docBlocks } from "../../tools/docs/doc_block.ts";
import { docPages, readPage } from "../../tools/docs/doc_pages.ts";
import { inParallel } from "../../tools/docs/in_parallel.ts";
import { makeBlocks } from "../../tools/docs/make_blocks.ts";
import { essenceOf } from "../../tools/docs/steady_text.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { waitUntil } from "../support/wait_until.ts";
import { withTempDir } from "../support/with_temp_dir.ts";

const ROOT = new URL("../..", import.meta.url);
/** Most of the time an example waits. */
const PAGES_AT_A_TIME = 4;
/** Share of the last 10 s in which some program had to wait for a processor; more is a machine where others work. */
const BUSY_PERCENT = 50;
/** What the examples themselves leave of that fades within 10 s. */
const CALM_MS = 20_000;

/** What differs between a page and what its examples print now: for each block both texts. */
interface PageCheck {
  readonly page: string;
  readonly stale: readonly { readonly written: string; readonly now: string }[];
  readonly missing: readonly string[];
}

async function checkPage(page: string): Promise<PageCheck> {
  const blocks = docBlocks(readPage(page));
  const made = await makeBlocks(blocks);
  const stale = blocks.flatMap(({ body }, position) => {
    const block = made[position]!;
    if (block.kind === "missing" || essenceOf(block.body) === essenceOf(body)) return [];
    return [{ written: body, now: block.body }];
  });
  return { page, stale, missing: made.flatMap((block) => block.kind === "missing" ? block.needs : []) };
}

/** Whether others keep the processors so busy that a look sees less than it would. */
function isBusy(): boolean {
  try {
    const pressure = Deno.readTextFileSync("/proc/pressure/cpu");
    return Number(/some avg10=([\d.]+)/.exec(pressure)?.[1]) > BUSY_PERCENT;
  } catch {
    return false;
  }
}

Deno.test({
  name: "deno task docs changes nothing, when it is run again",
  ignore: Deno.build.os !== "linux",
  async fn(t) {
    const pages = docPages().filter((page) => docBlocks(readPage(page)).length > 0);
    const checks = await inParallel(pages, PAGES_AT_A_TIME, checkPage);
    const isStale = checks.some(({ stale }) => stale.length > 0);
    const isCalm = isStale &&
      await waitUntil("the machine is calm", () => !isBusy(), CALM_MS).catch(() => false);
    for (const first of checks) {
      // Beside other pages a program may be at another place than by itself.
      const check = first.stale.length === 0 ? first : await checkPage(first.page);
      const left = check.missing.length === 0 ? "" : ` (in part: needs ${check.missing.join(", ")})`;
      const isStarved = check.stale.some(({ now }) => now.includes("the machine is starved"));
      const isUndecided = check.stale.length > 0 && (!isCalm || isStarved);
      const busy = isUndecided ? " (skipped: other programs keep the machine busy)" : "";
      await t.step({
        name: `${check.page} is up to date${left}${busy}`,
        ignore: isUndecided,
        fn: () => {
          for (const { written, now } of check.stale) assertEquals(now, written, "run deno task docs");
        },
      });
    }
  },
});

Deno.test("the blocks of code in README.md and docs check, when they are TypeScript", async () => {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["check", "--doc-only", ...docPages()],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  assert(success, new TextDecoder().decode(stderr));
});

for (const page of docPages()) {
  const scripts = [...readPage(page).matchAll(/^```sh runnable\n([^]*?)^```$/gm)].map(([, script]) =>
    script!
  );
  for (const [position, script] of scripts.entries()) {
    Deno.test(`${page} has commands that work, in its block ${position + 1} that can be run`, async () => {
      await withTempDir(async (home) => {
        Deno.mkdirSync(`${home}/bin`);
        const cli = new URL("cli.ts", ROOT).pathname;
        const prekill = `#!/bin/sh\nexec "${Deno.execPath()}" run -A --no-check "${cli}" "$@"\n`;
        Deno.writeTextFileSync(`${home}/bin/prekill`, prekill, { mode: 0o755 });
        Deno.mkdirSync(`${home}/work`);
        const { code, stdout, stderr } = await new Deno.Command("bash", {
          args: ["-euc", script],
          cwd: `${home}/work`,
          env: { PATH: `${home}/bin:${Deno.env.get("PATH")}` },
          stdin: "null",
        }).output();
        const decoder = new TextDecoder();
        assertEquals(code, 0, decoder.decode(stdout) + decoder.decode(stderr));
      });
    });
  }
}
