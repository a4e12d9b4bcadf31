import { assert, assertEquals, assertMatch } from "../support/assert.ts";
import { withTempDir } from "../support/with_temp_dir.ts";

const CLI = new URL("../../cli.ts", import.meta.url).pathname;
const IS_LINUX = Deno.build.os === "linux";
/** What commands need that look into nothing. */
const DRIVING = ["--allow-env", "--allow-read", "--allow-run", "--allow-write"];
const TOLD = /^prekill: Cannot [^\n]* --allow-[^\n]*\n$/;

async function prekill(
  permissions: readonly string[],
  args: readonly string[],
  cwd: string,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", ...permissions, CLI, ...args],
    cwd,
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** Each subcommand with the permissions that it needs, and what comes of it. */
const MINIMAL: readonly (readonly [permissions: readonly string[], args: readonly string[], code: number])[] =
  [
    [[], ["--help"], 0],
    [[], ["exec", "--help"], 0],
    [DRIVING, ["exec", "--no-hook", "true"], 0],
    [DRIVING, ["exec", "--no-hook", "-t", "100ms", "sleep", "1000"], 124],
    [DRIVING, ["timeout", "--no-hook", ".1", "sleep", "1000"], 124],
    [DRIVING, ["run", "--no-hook", "--list-from", "list", "--", "test"], 0],
    [["--allow-env", "--allow-read"], ["report"], 0],
    [["-A"], ["sample", String(Deno.pid), "--sample-time", "50ms"], 0],
  ];

Deno.test("each subcommand works with the permissions of docs/permissions.md", async () => {
  await withTempDir(async (folder) => {
    Deno.writeTextFileSync(`${folder}/list`, "a\n");
    for (const [permissions, args, expected] of MINIMAL) {
      const { code, stderr } = await prekill(permissions, args, folder);
      const what = `${args.join(" ")} with ${permissions.join(" ")}: ${stderr}`;
      // The Deno that is looked at runs these tests: why it waits can be told, or cannot.
      const isExpected = args[0] === "sample" ? code <= 1 : code === expected;
      assert(isExpected, `${what} (${code})`);
    }
  });
});

Deno.test("a permission that was not given is told in one sentence that names the flag", async () => {
  await withTempDir(async (folder) => {
    for (const [permissions, args] of MINIMAL) {
      for (const left of permissions) {
        const { code, stdout, stderr } = await prekill(
          permissions.filter((flag) => flag !== left),
          args,
          folder,
        );
        assertEquals([code, stdout], [125, ""], `${args.join(" ")} without ${left}: ${stderr}`);
        assertMatch(stderr, TOLD);
      }
    }
  });
});

Deno.test({
  name: "exec says before the command starts that it could not look into it",
  ignore: !IS_LINUX,
  async fn() {
    await withTempDir(async (folder) => {
      const { code, stderr } = await prekill(DRIVING, ["exec", "touch", "started"], folder);
      assertEquals(code, 125);
      assertMatch(stderr, /^prekill: Cannot look into processes: .* --allow-all; .* --no-hook [^\n]*\n$/);
      assertEquals([...Deno.readDirSync(folder)], []);
    });
  },
});
