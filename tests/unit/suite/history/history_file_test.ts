import { HistoryFile } from "../../../../src/suite/history/history_file.ts";
import { host } from "../../../../src/runtime/host.ts";
import { assert, assertEquals } from "../../../support/assert.ts";
import { withTempDir } from "../../../support/with_temp_dir.ts";

const SETTLED = {
  testId: 'odd "name"\n',
  name: "",
  file: "",
  status: "failed",
  attempts: 1,
  elapsedMs: 7,
} as const;

Deno.test("HistoryFile remembers from run to run, and gets over damage and a file that a killed run left", () =>
  withTempDir(async (dir) => {
    const history = new HistoryFile(host.files, `${dir}/.prekill`);
    assertEquals(history.read().tests.size, 0);
    assertEquals(history.add([SETTLED], { atMs: 5 }), undefined);
    assertEquals([...history.read().tests], [[SETTLED.testId, { status: "failed", elapsedMs: 7, atMs: 5 }]]);
    await Deno.writeTextFile(`${dir}/.prekill/history.json`, "{torn");
    await Deno.writeTextFile(`${dir}/.prekill/history.json.new`, "left");
    assertEquals(history.add([SETTLED], { atMs: 6 }), undefined);
    assertEquals(history.read().tests.get(SETTLED.testId)?.atMs, 6);
  }));

Deno.test("HistoryFile says so, when it cannot be written", () =>
  withTempDir(async (dir) => {
    await Deno.writeTextFile(`${dir}/.prekill`, "a file");
    const warning = new HistoryFile(host.files, `${dir}/.prekill`).add([SETTLED], { atMs: 5 });
    assert(warning?.startsWith("The history is not updated: Cannot create the directory"), warning);
  }));
