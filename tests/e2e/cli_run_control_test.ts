import { assert, assertEquals, assertMatch, assertStringIncludes } from "../support/assert.ts";
import { runInTerminal } from "../support/in_terminal.ts";
import { isOnPath } from "../support/is_on_path.ts";
import { cliCommand, runCli } from "../support/run_cli.ts";
import { waitUntil } from "../support/wait_until.ts";
import { withTempDir } from "../support/with_temp_dir.ts";

const CTRL_C = "\x03";
const CTRL_Z = "\x1a";
/** There is no terminal without a program that makes one. */
const ignore = !isOnPath("python3");

/** The command line of a run in a folder, for `sh`: the terminal's tests start in the folder of the tests. */
function inFolder(cwd: string, args: readonly string[]): [string, ...string[]] {
  return ["sh", "-c", 'cd "$1"; shift; exec "$@"', "sh", cwd, ...cliCommand(["run", ...args])];
}

function journalOf(session: string): Record<string, unknown>[] {
  const lines = Deno.readTextFileSync(`${session}/events.ndjson`).split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
}

Deno.test({
  name: "run ends in order on Ctrl-C: what runs is ended, reports are written, the terminal is as before",
  ignore,
  async fn() {
    await withTempDir(async (cwd) => {
      Deno.writeTextFileSync(`${cwd}/list`, "1\n2\n3\n");
      const run = inFolder(cwd, [
        ...["-j2", "--no-hook", "--session-dir", "s", "--junit", "out/junit.xml", "--list-from", "list"],
        ...["--", "sh", "-c", "sleep 1000; : {}"],
      ]);
      const script =
        'trap : INT; stty -g >before; "$@"; echo "code $?"; stty -g >after; cmp before after && echo same';
      const { screen } = await runInTerminal(
        ["sh", "-c", `cd ${cwd}; ${script}`, "sh", ...run],
        [["0/3", CTRL_C]],
      );
      assertStringIncludes(screen, "code 130");
      assertStringIncludes(screen, "same");
      assertStringIncludes(screen, "The run was stopped: SIGINT ended the run");
      assertMatch(Deno.readTextFileSync(`${cwd}/out/junit.xml`), /<testcase name="1"/);
      const settled = journalOf(`${cwd}/s`).filter(({ kind }) => kind === "test-settled");
      assertEquals(settled.map(({ status }) => status), ["not-run", "not-run", "not-run"]);
    });
  },
});

Deno.test({
  name: "run tells what runs, with a look at each, when the key t is pressed",
  ignore,
  async fn() {
    await withTempDir(async (cwd) => {
      Deno.writeTextFileSync(`${cwd}/list`, "1\n");
      const command = inFolder(cwd, ["--list-from", "list", "--", "sh", "-c", "sleep 1000; : {}"]);
      const { screen } = await runInTerminal(command, [["0/1", "t"], ["which sleeps", CTRL_C]]);
      assertMatch(screen, /1 of 1 tests running, 0 done/);
    });
  },
});

Deno.test({
  name: "run pauses its tests on Ctrl-Z, and lets them go on with fg",
  ignore: ignore || !isOnPath("bash"),
  async fn() {
    await withTempDir(async (cwd) => {
      Deno.writeTextFileSync(`${cwd}/list`, "1\n");
      const run = inFolder(cwd, [
        ...["--no-hook", "--session-dir", "s", "--list-from", "list"],
        ...["--", "sh", "-c", "until [ -e go ]; do sleep 0.05; done; : {}"],
      ]);
      const script = '"$0" "$@"; echo "stopped with $?"; grep -c paused "$PLACE/s/events.ndjson"; ' +
        'touch "$PLACE/go"; fg >/dev/null; echo "ended with $?"';
      const { screen } = await runInTerminal(
        ["env", `PLACE=${cwd}`, "bash", "--norc", "-ic", script, ...run],
        [["0/1", CTRL_Z]],
      );
      assertMatch(screen, /stopped with 147\n1\n[^]*ended with 0/);
      assertStringIncludes(screen, "1 test in");
      const kinds = journalOf(`${cwd}/s`).map(({ kind }) => kind);
      assert(kinds.indexOf("paused") < kinds.indexOf("continued"), kinds.join());
      assert(kinds.indexOf("continued") < kinds.indexOf("test-settled"), kinds.join());
    });
  },
});

Deno.test("run --resume finishes a run whose driver was killed, and settles every test once", async () => {
  await withTempDir(async (cwd) => {
    const names = Array.from({ length: 12 }, (_, index) => `test ${index}`);
    Deno.writeTextFileSync(`${cwd}/list`, names.join("\n"));
    const script = `echo "$1" >>started; case $1 in *6) until [ -e go ]; do sleep 0.05; done;; esac; exit 0`;
    const [program, ...args] = cliCommand([
      ...["run", "-j2", "--session-dir", "s", "--tap", "-", "--list-from", "list"],
      ...["--", "sh", "-c", script, "sh", "{}"],
    ]);
    const driver = new Deno.Command(program, { args, cwd, stdin: "null", stdout: "null", stderr: "null" })
      .spawn();
    await waitUntil("all but one have settled", () => {
      try {
        const text = Deno.readTextFileSync(`${cwd}/s/events.ndjson`);
        return text.split('"test-settled"').length > names.length - 1;
      } catch {
        return false;
      }
    });
    driver.kill("SIGKILL");
    await driver.status;
    const killed = await runCli(["report", "--format", "markdown", "s"], { cwd });
    assertEquals(killed.code, 1);
    assertStringIncludes(killed.stdout, "1 test has not been settled");
    Deno.writeTextFileSync(`${cwd}/go`, "");
    const { code, stdout, stderr } = await runCli(["run", "--resume", "s"], { cwd });
    assertEquals([code, stderr.includes("carrying on: 11 tests are settled, 1 are left")], [0, true], stderr);
    assertStringIncludes(stdout, "1..12\n");
    const settled = journalOf(`${cwd}/s`).filter(({ kind }) => kind === "test-settled");
    assertEquals(settled.map(({ name }) => name).sort(), names.toSorted());
    const started = Deno.readTextFileSync(`${cwd}/started`).trim().split("\n").sort();
    assertEquals(started, [...names, "test 6"].sort());
    assertEquals((await runCli(["report", "s"], { cwd })).code, 0);
  });
});
