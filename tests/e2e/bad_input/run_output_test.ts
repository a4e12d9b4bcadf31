import { assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { cliCommand } from "../../support/run_cli.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

/** Runs the command line in a shell that sends its output elsewhere. */
async function into(redirection: string, args: readonly string[], cwd: string): Promise<[number, string]> {
  const { code, stderr } = await new Deno.Command("bash", {
    args: ["-c", `set -o pipefail; "$@" ${redirection}`, "bash", ...cliCommand(args)],
    cwd,
    stdin: "null",
  }).output();
  return [code, new TextDecoder().decode(stderr)];
}

Deno.test({
  name:
    "run and report say that standard output is full, and exit with 125; a reader that has gone is no fault",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await withTempDir(async (cwd) => {
      Deno.writeTextFileSync(`${cwd}/list`, "1\n2\n");
      const run = ["run", "-q", "--list-from", "list"];
      const commands = [
        [...run, "--session-dir", "s", "--", "true"],
        [...run, "--events", "-", "--", "true"],
        [...run, "--list", "--", "true"],
        ["report", "--format", "junit", "s"],
      ];
      for (const args of commands) {
        const [code, text] = await into(">/dev/full", args, cwd);
        assertEquals(code, 125, args.join(" "));
        assertStringIncludes(text, "prekill: Cannot write to standard output: the disk is full\n");
      }
      for (const args of commands.slice(1)) {
        const [code, text] = await into("| true", args, cwd);
        assertEquals([code, text.includes("Cannot")], [0, false], text);
      }
    });
  },
});
