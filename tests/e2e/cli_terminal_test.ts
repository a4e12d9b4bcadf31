import { assert, assertEquals, assertMatch, assertStringIncludes } from "../support/assert.ts";
import { runInTerminal, type TerminalResult, type TerminalStep } from "../support/in_terminal.ts";
import { isOnPath } from "../support/is_on_path.ts";
import { cliCommand } from "../support/run_cli.ts";
import { withTempDir } from "../support/with_temp_dir.ts";

const CTRL_C = "\x03";
const CTRL_Z = "\x1a";
/** There is no terminal without a program that makes one. */
const ignore = !isOnPath("python3");

function exec(script: string, ...steps: TerminalStep[]): Promise<TerminalResult> {
  return runInTerminal(cliCommand(["exec", "sh", "-c", script]), steps);
}

Deno.test({
  name: "exec shares its terminal: size, colours and input are those without prekill",
  ignore,
  async fn() {
    const script = 'test -t 0 && test -t 1 && test -t 2 && stty size; read -r line; echo "got $line"';
    const { code, screen } = await exec(script, ["33 77", "hello\n"]);
    assertEquals(code, 0);
    assertStringIncludes(screen, "got hello");
    assert(!screen.includes("prekill:"), screen);
  },
});

Deno.test({
  name: "exec exits with 130 when Ctrl-C ends the command",
  ignore,
  async fn() {
    await withTempDir(async (directory) => {
      const command = cliCommand([
        "exec",
        "--session-dir",
        directory,
        "sh",
        "-c",
        "echo ready; exec sleep 1000",
      ]);
      assertEquals((await runInTerminal(command, [["ready", CTRL_C]])).code, 130);
    });
  },
});

Deno.test({
  name: "exec leaves Ctrl-C to a command that handles it",
  ignore,
  async fn() {
    const script = 'trap "echo caught" INT; echo ready; until read -r line; do :; done; echo "got $line"';
    const { code, screen } = await exec(script, ["ready", CTRL_C], ["caught", "hello\n"]);
    assertEquals(code, 0);
    assertStringIncludes(screen, "got hello");
  },
});

Deno.test({
  name: "exec stops and goes on with its command, on Ctrl-Z and fg",
  ignore: ignore || !isOnPath("bash"),
  async fn() {
    const command = cliCommand(["exec", "sh", "-c", 'echo ready; read -r line; echo "got $line"; exit 6']);
    const script = '"$0" "$@"; echo "stopped with $?"; fg >/dev/null; echo "ended with $?"';
    const { screen } = await runInTerminal(["bash", "--norc", "-ic", script, ...command], [
      ["ready", CTRL_Z],
      ["stopped with 148", "hello\n"],
    ]);
    assertMatch(screen, /got hello\n[^]*ended with 6/);
  },
});

Deno.test({
  name: "exec colours what it says on a terminal, unless told not to",
  ignore,
  async fn() {
    const options = ["exec", "--no-hook", "-t.2"];
    const coloured = await runInTerminal(cliCommand([...options, "sleep", "1000"]), []);
    assertStringIncludes(coloured.screen, "\x1b[31msleep timed out after 200 ms; ending it\x1b[0m");
    const plain = await runInTerminal(cliCommand([...options, "--color=never", "sleep", "1000"]), []);
    assertStringIncludes(plain.screen, "prekill: sleep timed out after 200 ms; ending it");
  },
});

Deno.test({
  name: "timeout explains on a terminal, and its command can use the terminal",
  ignore,
  async fn() {
    await withTempDir(async (directory) => {
      const options = ["timeout", "--sample-time=50ms", "--session-dir", directory];
      const used = await runInTerminal(
        cliCommand([...options, "1000", "sh", "-c", 'echo ready; read -r line </dev/tty; echo "got $line"']),
        [["ready", "hello\n"]],
      );
      assertEquals(used.code, 0);
      assertStringIncludes(used.screen, "got hello");
      const explained = await runInTerminal(cliCommand([...options, ".2", "sleep", "1000"]), []);
      assertEquals(explained.code, 124);
      assertMatch(explained.screen, /timeout: sleep \([^]*timeout: sample: /);
    });
  },
});
