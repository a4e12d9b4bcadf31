import { exists } from "../support/exists.ts";
import { toolOutput } from "../../tools/tool_output.ts";
import { assert, assertEquals, assertMatch } from "../support/assert.ts";
import { isOnPath } from "../support/is_on_path.ts";
import { withTempDir } from "../support/with_temp_dir.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const HAS_BUN = exists(`${ROOT}node_modules/.bin/bun`) || isOnPath("bun");
const QUICK = ["-t", "200ms", "--sample-time", "50ms"];

/** Runs the tool that compiles; a local denort can be given. */
async function compile(
  tool: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number; stderr: string }> {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", `tools/${tool}.ts`, ...args],
    cwd: ROOT,
    env,
    stdin: "null",
  }).output();
  return { code, stderr: new TextDecoder().decode(stderr) };
}

Deno.test("compile says in one sentence what is missing, and keeps the binary that is there", async () => {
  await withTempDir(async (folder) => {
    Deno.writeTextFileSync(`${folder}/prekill`, "the one before");
    const output = ["--output", `${folder}/prekill`];
    const { code, stderr } = await compile("compile", output, { DENORT_BIN: `${folder}/none` });
    assertEquals(code, 1);
    assertMatch(stderr, /^compile: Cannot compile "[^"]+": DENORT_BIN names "[^"]+", where [^\n]+\n$/);
    assertEquals(Deno.readTextFileSync(`${folder}/prekill`), "the one before");
    const unknown = await compile("compile_bun", ["--target", "vax"]);
    assertEquals(unknown.code, 2);
    assertMatch(unknown.stderr, /there are x86_64-unknown-linux-gnu, [^\n]+\n$/);
  });
});

Deno.test({
  name: "compile puts all files of the bundle behind the denort that it is given",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await withTempDir(async (folder) => {
      // Any program serves: Deno appends to it, and does not start it.
      const { code, stderr } = await compile("compile", ["--output", `${folder}/prekill`], {
        DENORT_BIN: "/bin/true",
      });
      assertEquals(code, 0, stderr);
      const text = new TextDecoder("latin1").decode(Deno.readFileSync(`${folder}/prekill`));
      for (const name of ["more.js", "runtime.js", "linux.js"]) assert(text.includes(name), name);
    });
  },
});

Deno.test({
  name: "the binary explains, runs tests and loads hooks in TypeScript, without a runtime or an environment",
  ignore: !HAS_BUN,
  async fn() {
    await withTempDir(async (folder) => {
      const binary = `${folder}/prekill`;
      const made = await compile("compile_bun", ["--output", binary]);
      assertEquals(made.code, 0, made.stderr);
      const prekill = async (program: string, ...args: string[]): Promise<string> => {
        const { stdout, stderr } = await new Deno.Command(program, {
          args,
          cwd: folder,
          // No runtime, no home, no place for temporary files.
          env: { PATH: "/usr/bin:/bin", TMPDIR: "/nonexistent", LC_ALL: "POSIX" },
          clearEnv: true,
          stdin: "null",
        }).output();
        return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
      };
      Deno.writeTextFileSync(`${folder}/.env`, "FROM_DOTENV=1\n");
      Deno.mkdirSync(`${folder}/hooks`);
      Deno.writeTextFileSync(
        `${folder}/hooks/linux.ts`,
        "export const doPreKill = async (pid: number, context: { builtin(): Promise<void> }, " +
          "output: { write(text: string): void }): Promise<void> => {\n" +
          "  output.write(`typed ${pid}\\n`);\n  await context.builtin();\n};\n",
      );

      assertEquals(await prekill(binary, "exec", "sh", "-c", "echo =$FROM_DOTENV="), "==\n");
      const explained = await prekill(binary, "exec", ...QUICK, "--hooks-dir", "hooks", "sleep", "1000");
      assertMatch(explained, /sleeps for 16 min 40 s/);
      const sample = /sample: (\S+\.sample)$/m.exec(explained)?.[1];
      assertMatch(Deno.readTextFileSync(`${folder}/${sample}`.replace(`${folder}//`, "/")), /^typed \d+$/m);

      Deno.writeTextFileSync(`${folder}/list`, "0\n1000\n");
      const run = await prekill(binary, "run", ...QUICK, "--list-from", "list", "--", "sleep");
      assertMatch(run, /2 tests in .*: 1 passed, 1 timed out/);
      assertMatch(await prekill(binary, "report"), /TIMED OUT {2}1000/);
      assertMatch(await prekill(binary, "doctor"), /^This machine:/);
      assertMatch(await prekill(binary, "sample", "999999999"), /^prekill: Cannot sample the process/);

      Deno.symlinkSync(binary, `${folder}/timeout`);
      assertMatch(await prekill(`${folder}/timeout`, "--version"), /^timeout \(prekill\)/);
      const nested = await prekill(`${folder}/timeout`, "9", binary, "--version");
      assertMatch(nested, /^prekill \d/);
      assertEquals((await toolOutput(`${folder}/timeout`, [".1", "sleep", "9"], folder)).success, false);
    });
  },
});
