import type { SuiteEvent } from "../../../src/suite_events.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { mixedSuite } from "../../support/mixed_suite.ts";
import { runCli } from "../../support/run_cli.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const LANGUAGES = ["py", "mjs"];

/** What became of each attempt, in the order of the tests, without what differs from run to run. */
function verdicts(events: readonly SuiteEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.kind === "test-settled") return [`${event.testId} ${event.status} ${event.attempts}`];
    if (event.kind !== "attempt-settled") return [];
    const { testId, attempt, status, outcome, tail = "", leaks = [], hook } = event;
    const text = tail.replace(/ws:\S+|node:internal.*/g, "N");
    const commands = leaks.map(({ command }) => command);
    const cause = hook?.diagnosis?.cause;
    return [JSON.stringify({ testId, attempt, status, outcome: outcome.kind, text, commands, cause })];
  }).sort();
}

async function runMixed(
  cwd: string,
  how: string,
): Promise<{ code: number; verdicts: string[]; warm: number }> {
  const sessionDir = `${cwd}/session-${how}`;
  const { code } = await runCli(["run", "-j3", `--prespawn=${how}`, "--session-dir", sessionDir], { cwd });
  const events = Deno.readTextFileSync(`${sessionDir}/events.ndjson`).trimEnd().split("\n")
    .map((line) => JSON.parse(line) as SuiteEvent);
  const end = events.at(-1)!;
  assert(end.kind === "run-settled");
  await Deno.remove(`${cwd}/.prekill`, { recursive: true });
  return { code, verdicts: verdicts(events), warm: end.starts?.warm ?? 0 };
}

Deno.test({
  name: "run comes to the same verdicts, with the same output, cold, warm and forked",
  ignore: Deno.build.os !== "linux" || !isOnPath("python3") || !isOnPath("node"),
  async fn() {
    await withTempDir(async (cwd) => {
      for (const [name, text] of Object.entries(mixedSuite(LANGUAGES, 8))) {
        Deno.writeTextFileSync(`${cwd}/${name}`, text);
      }
      const cold = await runMixed(cwd, "off");
      assertEquals([cold.code, cold.warm], [1, 0]);
      const warm = await runMixed(cwd, "auto");
      assertEquals(warm.verdicts, cold.verdicts);
      const forked = await runMixed(cwd, "fork");
      assertEquals(forked.verdicts, cold.verdicts);
      assert(forked.warm > 0);
    });
  },
});
