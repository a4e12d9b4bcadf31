import { assertEquals, assertMatch } from "../support/assert.ts";
import { exists } from "../support/exists.ts";
import { withTempDir } from "../support/with_temp_dir.ts";

const ROOT = new URL("../..", import.meta.url).pathname;

/** Every Node and Bun of this machine, the pinned ones of `npm install` included; one that has two names once. */
function runtimes(): string[] {
  const folders = [`${ROOT}node_modules/.bin`, ...(Deno.env.get("PATH") ?? "").split(":")];
  const paths = folders.flatMap((folder) => ["node", "node24", "bun"].map((name) => `${folder}/${name}`));
  return [...new Set(paths.filter(exists).map((path) => Deno.realPathSync(path)))];
}

async function outputOf(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number; text: string }> {
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args: [...args],
    cwd,
    stdin: "null",
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  // Node shows the line that failed, which in a bundle is all of it.
  return { code, text: text.replace(/.{1000,}/g, (line) => `${line.slice(0, 200)}…`) };
}

Deno.test({
  name: "the bundle runs tests, explains hangs and reports them, when node and bun run it",
  ignore: runtimes().length === 0,
  async fn() {
    await withTempDir(async (folder) => {
      const made = await outputOf(Deno.execPath(), ["task", "bundle", `${folder}/dist`], ROOT);
      assertEquals(made.code, 0, made.text);
      for (const [index, program] of runtimes().entries()) {
        const cwd = `${folder}/${index}`;
        Deno.mkdirSync(cwd);
        Deno.writeTextFileSync(`${cwd}/list`, "0\n1000\n");
        const prekill = (...args: string[]): Promise<{ code: number; text: string }> =>
          outputOf(program, [`${folder}/dist/prekill.js`, ...args], cwd);
        const limits = ["-t", "500ms", "--sample-time", "50ms"];
        const run = await prekill(
          "run",
          ...limits,
          "--junit",
          "junit.xml",
          "--list-from",
          "list",
          "--",
          "sleep",
        );
        assertEquals(run.code, 1, `${program}: ${run.text}`);
        assertMatch(run.text, /2 tests in .*: 1 passed, 1 timed out/);
        assertMatch(Deno.readTextFileSync(`${cwd}/junit.xml`), /sleeps for 16 min 40 s/);
        assertMatch((await prekill("report")).text, /TIMED OUT {2}1000/);
        const exec = await prekill("exec", ...limits, "--", "sleep", "1000");
        assertEquals(exec.code, 124, `${program}: ${exec.text}`);
        assertMatch(exec.text, /sleeps for 16 min 40 s/);
      }
    });
  },
});
