import { assertEquals, assertMatch } from "../../support/assert.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { cliCommand } from "../../support/run_cli.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";
import { nodeProgram } from "../../../tools/node_program.ts";
import { toolOutput } from "../../../tools/tool_output.ts";

const ROOT = new URL("../../..", import.meta.url).pathname;
const UNSHARE = ["--user", "--map-root-user", "--mount"];
const canMount = isOnPath("unshare") &&
  (await toolOutput("unshare", [...UNSHARE, "mount", "-t", "tmpfs", "none", "/proc"])).success;
const HANGS = ["exec", "-t", "200ms", "--sample-time", "50ms", "--", "sleep", "1000"];

/** Runs a program to its end; the text is its stdout, then its stderr. */
async function outputOf(command: readonly string[], cwd: string): Promise<{ code: number; text: string }> {
  const [program = "", ...args] = command;
  const output = await new Deno.Command(program, { args, cwd, stdin: "null" }).output();
  const decoder = new TextDecoder();
  return { code: output.code, text: decoder.decode(output.stdout) + decoder.decode(output.stderr) };
}

/** Writes the bundle; returns the command that runs it on this Node. */
async function bundleOn(major: string, folder: string): Promise<string[] | undefined> {
  const node = await nodeProgram(major);
  if (node === undefined) return undefined;
  const made = await toolOutput(Deno.execPath(), ["run", "-A", "tools/bundle.ts", `${folder}/bundle`], ROOT);
  assertEquals(made.success, true, made.text);
  return [node, `${folder}/bundle/prekill.js`];
}

Deno.test({
  name: "the bundle says what is missing, when there is no /proc or nothing can be written",
  ignore: !canMount,
  async fn(t) {
    await withTempDir(async (folder) => {
      const prekill = await bundleOn("20", folder);
      if (prekill === undefined) return console.log("skipped: there is no Node 20");
      const within = (mount: string, args: readonly string[]): Promise<{ code: number; text: string }> => {
        const script = `${mount} && exec "$@"`;
        return outputOf(["unshare", ...UNSHARE, "sh", "-c", script, "sh", ...prekill, ...args], folder);
      };

      await t.step("no /proc", async () => {
        const noProc = "mount -t tmpfs none /proc";
        const exec = await within(noProc, HANGS);
        assertEquals(exec.code, 124);
        assertMatch(exec.text, /^prekill: the pre-kill hook failed: .*: \/proc cannot be read; mount it/m);
        const sample = await within(noProc, ["sample", "1"]);
        assertEquals(sample.code, 2);
        assertMatch(sample.text, /^prekill: [^\n]*: \/proc cannot be read; mount it[^\n]*\n$/);
        const doctor = await within(noProc, ["doctor"]);
        assertEquals([doctor.code, doctor.text.includes("SYS_PTRACE")], [1, false], doctor.text);
        assertMatch(doctor.text, /\/proc +missing +cannot be read; [^\n]+\n +-> mount -t proc proc \/proc\n/);
      });

      await t.step("a read-only folder", async () => {
        Deno.mkdirSync(`${folder}/kept`);
        const { code, text } = await within("mount -t tmpfs -o ro none kept && cd kept", HANGS);
        assertEquals(code, 124);
        assertMatch(text, /^prekill: Cannot use the session directory .*\(the file system is read-only\)/m);
        assertMatch(text, /^prekill: the sample could not be written to a file; here it is:$/m);
      });
    });
  },
});

Deno.test("the bundle refuses a Node that is too old in one sentence", async () => {
  await withTempDir(async (folder) => {
    const prekill = await bundleOn("18", folder);
    if (prekill === undefined) return console.log("skipped: npm cannot bring Node 18");
    const { code, text } = await outputOf([...prekill, ...HANGS], folder);
    assertEquals(code, 125);
    assertMatch(text, /^prekill: Cannot run on Node 18\.[^\n]*\n$/);
  });
});

Deno.test({
  name: "exec explains and doctor says what is denied, when a seccomp filter forbids ptrace",
  ignore: !isOnPath("gcc") || !isOnPath("eu-stack"),
  async fn() {
    await withTempDir(async (folder) => {
      const launcher = `${folder}/without_ptrace`;
      const source = `${ROOT}tests/fixtures/native/without_ptrace.c`;
      const built = await toolOutput("gcc", ["-o", launcher, source]);
      assertEquals(built.success, true, built.text);
      const exec = await outputOf([launcher, ...cliCommand(HANGS)], folder);
      assertEquals(exec.code, 124);
      assertMatch(exec.text, /sleeps for 16 min 40 s/);
      const doctor = await outputOf([launcher, ...cliCommand(["doctor"])], folder);
      assertMatch(
        doctor.text,
        /ptrace +missing +denied, by the seccomp filter as it seems; [^\n]+\n +-> allow/,
      );
      assertMatch(doctor.text, /native +limited +eu-stack may not attach/);
    });
  },
});
