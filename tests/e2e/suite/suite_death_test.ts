import type { SuiteEvent } from "../../../src/suite_events.ts";
import { assertEquals } from "../../support/assert.ts";
import { exists } from "../../support/exists.ts";
import { markedProcesses } from "../../support/marked_processes.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const PROGRAM = new URL("../../support/suite_program.ts", import.meta.url).pathname;

Deno.test("the guard ends all tests of a run, daemons too, when the driver dies by KILL", async () => {
  await withTempDir(async (folder) => {
    const sessionDir = `${folder}/session`;
    const script = `setsid sh -c 'trap "" TERM; touch "$0"; sleep 1000; :' "${folder}/$PREKILL_TEST" & wait`;
    const driver = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", PROGRAM, script, sessionDir],
      env: { PREKILL_ID: "", PREKILL_TEST_MARK: folder, TMPDIR: folder },
      stdin: "null",
      stdout: "null",
      stderr: "inherit",
    }).spawn();
    await waitUntil("both tests run", () => exists(`${folder}/a`) && exists(`${folder}/b`));
    driver.kill("SIGKILL");
    await driver.status;
    await waitUntil("nothing is left", () => markedProcesses("PREKILL_TEST_MARK", folder).length === 0);
    const events = Deno.readTextFileSync(`${sessionDir}/events.ndjson`).trimEnd().split("\n")
      .map((line) => JSON.parse(line) as SuiteEvent);
    assertEquals(events.filter(({ kind }) => kind === "attempt-started").length, 2);
  });
});
