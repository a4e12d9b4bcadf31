import { OptionValues } from "../../../src/cli/option_values.ts";
import { RUN_COMMAND } from "../../../src/cli/run_options.ts";
import { unusedSelections } from "../../../src/cli/unused_selections.ts";
import type { SuiteTest } from "../../../src/suite/suite_options.ts";
import { assertEquals } from "../../support/assert.ts";

const TESTS = ["db/a_test.ts", "/other/b_test.ts"].map((file): SuiteTest => ({
  testId: file,
  name: file,
  file,
  runner: "command",
  command: ["true"],
  group: "database",
}));

async function told(...args: string[]): Promise<string[]> {
  const values = await OptionValues.parse(args, RUN_COMMAND.options, "permute");
  return unusedSelections(values, TESTS, "/work");
}

Deno.test("unusedSelections() is silent, when each glob and each limit has its tests", async () => {
  const args = ["--serial", "db/*", "--serial", "/other/*", "--group", "x=**/a_test.ts", "--group-limit"];
  assertEquals(await told(...args, "database=2"), []);
  assertEquals(await told(), []);
});

Deno.test("unusedSelections() tells of each that has none, with the nearest group", async () => {
  assertEquals(await told("--serial", "bd/*", "--group", "y=b/*=", "--group-limit", "databse=1"), [
    '--serial "bd/*" matches none of the tests; globs are relative to the folder of the run',
    '--group "y=b/*=" matches none of the tests; globs are relative to the folder of the run',
    '--group-limit has no effect: no test is in the group "databse"; did you mean "database"?',
  ]);
  assertEquals(await told("--group-limit", "zzz=1"), [
    '--group-limit has no effect: no test is in the group "zzz"; put tests into it with --group',
  ]);
});
