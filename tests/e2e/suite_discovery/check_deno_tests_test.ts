import { host } from "../../../src/runtime/host.ts";
import { checkDenoTests } from "../../../src/suite/runners/check_deno_tests.ts";
import type { SuiteTest } from "../../../src/suite/suite_options.ts";
import { assertEquals } from "../../support/assert.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

/** Writes down how it is called, and says of `wrong_test.ts` that its types are wrong. */
const FAKE_DENO = `#!/bin/sh
echo "$PWD: $*" >>"$CALLS"
case "$*" in *wrong_test.ts*) exit 1 ;; esac
`;

async function check(
  folder: string,
  ...commands: readonly string[][]
): Promise<{ calls: string; commands: string[] }> {
  const deno = `${folder}/deno`;
  Deno.writeTextFileSync(deno, FAKE_DENO, { mode: 0o755 });
  const tests = commands.map((words, index): SuiteTest => ({
    testId: `${index}`,
    name: `${index}`,
    file: words.at(-1)!,
    runner: "deno-test",
    command: [deno, ...words],
  }));
  const env = { PATH: Deno.env.get("PATH")!, CALLS: `${folder}/calls` };
  const checked = await checkDenoTests(tests, { cwd: folder, env }, host);
  return {
    calls: (host.files.readText(`${folder}/calls`) ?? "").replaceAll(folder, "FOLDER"),
    commands: checked.map(({ command }) => command.slice(1).join(" ")),
  };
}

Deno.test("checkDenoTests() checks all files at once, when they have the same options", () =>
  withTempDir(async (folder) => {
    const flags = ["-A", "--check", "--import-map=map.json"];
    assertEquals(await check(folder, ["test", ...flags, "./a_test.ts"], ["test", ...flags, "./b_test.ts"]), {
      calls: "FOLDER: check --quiet --import-map=map.json ./a_test.ts ./b_test.ts\n",
      commands: [
        "test --no-check -A --import-map=map.json ./a_test.ts",
        "test --no-check -A --import-map=map.json ./b_test.ts",
      ],
    });
  }));

Deno.test("checkDenoTests() leaves each test its own check, when something is wrong", () =>
  withTempDir(async (folder) => {
    const { commands } = await check(folder, ["test", "./a_test.ts"], ["test", "./wrong_test.ts"]);
    assertEquals(commands, ["test ./a_test.ts", "test ./wrong_test.ts"]);
  }));

Deno.test("checkDenoTests() checks nothing, when a test is alone or wants no check", () =>
  withTempDir(async (folder) => {
    const { calls } = await check(
      folder,
      ["test", "./a_test.ts"],
      ["test", "-A", "./b_test.ts"],
      ["test", "--no-check", "./c_test.ts"],
      ["test", "--no-check", "./d_test.ts"],
    );
    assertEquals(calls, "");
  }));
