import { Journal } from "../../../src/driver/journal.ts";
import { host } from "../../../src/runtime/host.ts";
import { assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

Deno.test("Journal.discard() leaves the file alone, while another driver of the session needs it", async () => {
  await withTempDir((cwd) => {
    const runtime = { ...host, cwd: () => cwd };
    const hung = new Journal(runtime, undefined);
    const passed = new Journal(runtime, undefined);
    hung.write({ kind: "sampled" });
    passed.write({ kind: "light-sample" });
    passed.discard();
    const [session] = [...Deno.readDirSync(`${cwd}/.prekill`)].filter((entry) => entry.isDirectory);
    assertStringIncludes(Deno.readTextFileSync(`${cwd}/.prekill/${session!.name}/events.ndjson`), "sampled");
    hung.discard();
    assertEquals([...Deno.readDirSync(cwd)], []);
  });
});
