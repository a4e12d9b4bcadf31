import { isOnPath } from "../../tests/support/is_on_path.ts";
import { commandsOf, type DocBlock } from "./doc_block.ts";
import { steadyText } from "./steady_text.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const EXAMPLES = `${ROOT}examples/hangs`;
/** Only a broken example takes so long. */
const COMMAND_LIMIT_MS = 60_000;

/** A block as it should read, or what is missing to make it. */
export type MadeBlock =
  | { readonly kind: "made"; readonly body: string }
  | { readonly kind: "missing"; readonly needs: readonly string[] };

/**
 * Makes the blocks of one page, one after the other: commands that name the same folder run in the same copy of it,
 * with an open standard input on which nothing comes, and with `prekill` on their `PATH`.
 *
 * @param blocks of a page
 * @returns one for each
 */
export async function makeBlocks(blocks: readonly DocBlock[]): Promise<MadeBlock[]> {
  const work = await Deno.realPath(await Deno.makeTempDir({ prefix: "docs-" }));
  try {
    writePrekill(work);
    const made: MadeBlock[] = [];
    for (const block of blocks) {
      const needs = missingOf(block.needs);
      made.push(
        needs.length > 0 ? { kind: "missing", needs } : { kind: "made", body: await make(block, work) },
      );
    }
    return made;
  } finally {
    await Deno.remove(work, { recursive: true });
  }
}

function make(block: DocBlock, work: string): Promise<string> | string {
  switch (block.kind) {
    case "file":
      return Deno.readTextFileSync(`${EXAMPLES}/${block.paths[0]}`);
    case "diff":
      return differenceOf(block.paths);
    case "run":
      return runCommands(block, work);
  }
}

async function runCommands({ paths, body }: DocBlock, work: string): Promise<string> {
  const folder = `${work}/${paths[0]}`;
  await copyFolder(`${EXAMPLES}/${paths[0]}`, folder);
  const texts: string[] = [];
  for (const command of commandsOf(body)) {
    const { code, output } = await runCommand(command, folder, work);
    const ending = code === 0 ? "" : `(exit code ${code})\n`;
    const text = output === "" || output.endsWith("\n") ? output : `${output}\n`;
    texts.push(`$ ${command}\n${text}${ending}`);
  }
  return steadyText(texts.join(""), folder);
}

async function runCommand(
  command: string,
  cwd: string,
  work: string,
): Promise<{ code: number; output: string }> {
  const log = `${work}/output`;
  const child = new Deno.Command("bash", {
    args: ["-c", `exec >"$1" 2>&1; eval "$2"`, "bash", log, command],
    cwd,
    env: {
      PATH: `${work}/bin:${Deno.env.get("PATH")}`,
      NO_COLOR: "1",
      LC_ALL: "C.UTF-8",
      PYTHONDONTWRITEBYTECODE: "1",
      // An example hangs because output is buffered.
      PYTHONUNBUFFERED: "",
    },
    stdin: "piped",
    detached: true,
  }).spawn();
  const limit = setTimeout(() => Deno.kill(-child.pid, "SIGKILL"), COMMAND_LIMIT_MS);
  try {
    const { code } = await child.status;
    return { code, output: await Deno.readTextFile(log) };
  } finally {
    clearTimeout(limit);
    await child.stdin.close().catch(() => {});
  }
}

/** The difference alone, without the lines that name the files. */
async function differenceOf(paths: readonly string[]): Promise<string> {
  const { stdout } = await new Deno.Command("diff", { args: ["-U2", ...paths], cwd: EXAMPLES }).output();
  return new TextDecoder().decode(stdout).split("\n").filter((line) => !/^(---|\+\+\+|@@) /.test(line)).join(
    "\n",
  );
}

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copyFolder(`${from}/${name}`, `${to}/${name}`);
    else await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
  }
}

function writePrekill(work: string): void {
  Deno.mkdirSync(`${work}/bin`);
  const script = `#!/bin/sh\nexec "${Deno.execPath()}" run -A --no-check "${ROOT}cli.ts" "$@"\n`;
  Deno.writeTextFileSync(`${work}/bin/prekill`, script, { mode: 0o755 });
}

/** Those of the needs that this machine does not have. */
function missingOf(needs: readonly string[]): string[] {
  return needs.filter((need) => {
    if (need === "root") return Deno.uid() !== 0;
    if (need.startsWith("/")) return !isThere(need);
    const [program, module] = need.split(":");
    if (!isOnPath(program!)) return true;
    return module !== undefined &&
      !new Deno.Command(program!, { args: ["-c", `import ${module}`], stderr: "null" }).outputSync().success;
  });
}

function isThere(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}
