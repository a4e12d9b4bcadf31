import { OptionValues } from "../../../src/cli/option_values.ts";
import { RUN_COMMAND } from "../../../src/cli/run_options.ts";
import { type RunSettings, runSettings } from "../../../src/cli/run_settings.ts";
import type { SuiteConfig } from "../../../src/suite/config/suite_config.ts";
import { assertEquals, assertRejects } from "../../support/assert.ts";

async function settingsOf(args: readonly string[], config: SuiteConfig["run"] = {}): Promise<RunSettings> {
  return runSettings(await OptionValues.parse(args, RUN_COMMAND.options, "permute"), config, "/project");
}

Deno.test("runSettings() leaves to the configuration what the command line does not say", async () => {
  const config = { jobs: 3, groups: { db: 1 }, failFast: 2, retryAtEnd: true, leaks: "fail" } as const;
  const { suite, tests } = await settingsOf(["--fail-fast", "--group-limit", "net=4"], config);
  assertEquals(
    [suite.jobs, suite.failFast, suite.groups, suite.retryAtEnd, suite.leaks, tests],
    [3, 1, { db: 1, net: 4 }, true, "fail", {}],
  );
  assertEquals((await settingsOf(["-j", "auto"], config)).suite.jobs, undefined);
  assertEquals((await settingsOf(["-j8"], config)).suite.jobs, 8);
});

Deno.test("runSettings() sets limits for every test, and marks those that globs name", async () => {
  const { tests, overrides } = await settingsOf([
    ...["-t", "1m", "--retries=2", "--hooks-dir", "hooks", "--serial", "a*"],
    ...["--group", "db=x/**", "--group", "db=y/**"],
  ]);
  assertEquals(tests, { timeoutMs: 60_000, retries: 2, hooksDir: "/project/hooks" });
  assertEquals(overrides, [
    { files: ["x/**"], group: "db" },
    { files: ["y/**"], group: "db" },
    { files: ["a*"], isSerial: true },
  ]);
});

Deno.test("runSettings() repeats until a failure a hundred times, unless told how often", async () => {
  assertEquals((await settingsOf([])).repeat, 1);
  assertEquals((await settingsOf(["--until-failure"])).repeat, 100);
  assertEquals((await settingsOf(["--until-failure", "--repeat", "5"])).repeat, 5);
});

Deno.test("runSettings() refuses what makes no sense, with the option's name", async () => {
  const wrong = [
    ["--repeat=0"],
    ["--jobs=0"],
    ["--fail-fast=x"],
    ["--group-limit=db"],
    ["--signal=0"],
    ["--core", "--signal=INT"],
  ];
  for (const args of wrong) {
    const option = args[0]!.slice(2).split("=")[0]!;
    await assertRejects(() => settingsOf(args), Error, `--${option}`);
  }
});

Deno.test("runSettings() reads how processes start before their turn", async () => {
  const prespawnOf = async (args: readonly string[], config: SuiteConfig["run"] = {}) => {
    const { suite, tests } = await settingsOf(args, config);
    return [suite.prespawn, tests.prespawn];
  };
  assertEquals(await prespawnOf([]), [undefined, undefined]);
  assertEquals(await prespawnOf(["--prespawn"]), [{ mode: "auto" }, undefined]);
  assertEquals(await prespawnOf(["--prespawn=3"], { prespawn: { mode: "off" } }), [
    { mode: "auto", size: 3 },
    undefined,
  ]);
  assertEquals(await prespawnOf(["--prespawn=fork"], { prespawn: { size: 4 } }), [
    { mode: "fork", size: 4 },
    undefined,
  ]);
  // For tests that prekill.json says something else of, too.
  assertEquals(await prespawnOf(["--prespawn=off"]), [{ mode: "off" }, "off"]);
  assertEquals((await settingsOf(["--preload", "yaml", "--preload=auto"])).tests.preloads, ["yaml", "auto"]);
  for (const text of ["0", "-1", "some", "1000000"]) {
    await assertRejects(
      () => settingsOf([`--prespawn=${text}`]),
      Error,
      `--prespawn "${text}": it is auto, fork`,
    );
  }
});
