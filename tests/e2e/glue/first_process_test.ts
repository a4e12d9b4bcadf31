import { assert, assertEquals, assertMatch } from "../../support/assert.ts";
import { cliCommand } from "../../support/run_cli.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const UNSHARE = ["--user", "--map-root-user", "--pid", "--fork", "--kill-child", "--mount-proc"];
const canUnshare = await succeeds("unshare", [...UNSHARE, "true"]);

async function succeeds(program: string, args: string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(program, { args, stdout: "null", stderr: "null" }).output()).success;
  } catch {
    return false;
  }
}

/** Runs `prekill exec` as the first process of a namespace of its own. */
function asFirstProcess(args: readonly string[], cwd: string): Deno.ChildProcess {
  return new Deno.Command("unshare", {
    args: [...UNSHARE, ...cliCommand(["exec", ...args])],
    cwd,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** The shell's own way to wait, looking 20 times a second, as it has no clock that it could be told by. */
const UNTIL_NO_ZOMBIES = "while grep -qs '^State:.Z' /proc/[0-9]*/status; do sleep 0.05; done";

Deno.test({
  name: "exec as the first process of a container reaps orphans, whose zombies would pile up",
  ignore: !canUnshare,
  fn: async () => {
    await withTempDir(async (cwd) => {
      const script = `for each in 1 2 3; do sh -c '(true & exec true) & exit'; done
while ! grep -qs '^State:.Z' /proc/[0-9]*/status; do sh -c '(true & exec true) & exit'; done
echo zombies; ${UNTIL_NO_ZOMBIES}; echo none; exit 7`;
      const { code, stdout } = await asFirstProcess(["-t", "60s", "--", "sh", "-c", script], cwd).output();
      assertEquals([code, new TextDecoder().decode(stdout)], [7, "zombies\nnone\n"]);
    });
  },
});

Deno.test({
  name: "exec as the first process of a container hands signals on, and ends with the command's exit code",
  ignore: !canUnshare,
  fn: async () => {
    await withTempDir(async (cwd) => {
      const script = `trap 'echo USR1' USR1; trap 'echo TERM; exit 3' TERM
kill -USR1 1; sleep 1000 & wait; kill -TERM 1; sleep 1000 & wait; wait`;
      const child = asFirstProcess(["--preserve-status", "--", "sh", "-c", script], cwd);
      const { code, stdout, stderr } = await child.output();
      assertEquals(new TextDecoder().decode(stdout), "USR1\nTERM\n");
      // As with GNU timeout, a run that was ended from outside says by which signal.
      assertEquals(code, 128 + 15, new TextDecoder().decode(stderr));
    });
  },
});

Deno.test("examples/docker has prekill exec as the first process of its container", () => {
  const file = Deno.readTextFileSync(new URL("../../../examples/docker/Dockerfile", import.meta.url));
  const words = (order: string): string[] => JSON.parse(new RegExp(`^${order} (.*)$`, "m").exec(file)![1]!);
  assertEquals(words("ENTRYPOINT"), ["prekill", "exec"]);
  assertEquals(words("CMD").slice(0, 3), ["--timeout", "10m", "--"]);
});

Deno.test({
  name: "exec as the first process of a container explains a hang, and exits with 124",
  ignore: !canUnshare,
  fn: async () => {
    await withTempDir(async (cwd) => {
      const { code, stderr } = await asFirstProcess(
        ["-t", "500ms", "--sample-time", "100ms", "--", "sleep", "1000"],
        cwd,
      ).output();
      const text = new TextDecoder().decode(stderr);
      assertEquals(code, 124, text);
      assertMatch(text, /prekill: sleep \(\w+\): /);
      assert([...Deno.readDirSync(`${cwd}/.prekill/latest`)].some(({ name }) => name.endsWith(".sample")));
    });
  },
});
