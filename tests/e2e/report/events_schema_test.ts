import { runSuite } from "../../../src/suite/run_suite.ts";
import type { SuiteTest } from "../../../src/suite/suite_options.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { EVENT_DEFINITIONS, eventProblems } from "../../support/published_schemas.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

Deno.test("events.schema.json holds for each event of a run, and has each kind of them", async () => {
  await withTempDir(async (sessionDir) => {
    const test = (name: string, script: string, rest: Partial<SuiteTest> = {}): SuiteTest => ({
      testId: name,
      name,
      file: `${name}.sh`,
      runner: "command",
      command: ["sh", "-c", script],
      ...rest,
    });
    const tests = [
      test("passes", "true"),
      test("fails", "echo red; exit 3", { retries: 1 }),
      test("hangs", "exec sleep 1000", { timeoutMs: 300 }),
      test("missing", "", { command: [`${sessionDir}/no-such-program`] }),
      test("excluded", "true", { skip: "not today" }),
    ];
    const kinds = new Set<string>();
    for await (const event of runSuite(tests, { sessionDir: `${sessionDir}/s`, jobs: 2, sampleTimeMs: 50 })) {
      assertEquals(eventProblems(event), [], event.kind);
      kinds.add(event.kind);
    }
    for (const kind of kinds) assert(EVENT_DEFINITIONS.includes(kind), kind);
    assert(kinds.has("sampled") && kinds.has("retry-planned") && kinds.has("run-settled"));
  });
});
