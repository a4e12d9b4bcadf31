import { assert, assertEquals, assertStringIncludes } from "../support/assert.ts";
import { withTempDir } from "../support/with_temp_dir.ts";

const EXAMPLE = new URL("../../examples/derive_driver.ts", import.meta.url).pathname;
const CONFIG = new URL("../../deno.json", import.meta.url).pathname;

Deno.test("examples/derive_driver.ts tells what happens, and where the sample is", async () => {
  await withTempDir(async (cwd) => {
    const { success, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--config", CONFIG, EXAMPLE],
      cwd,
      stdin: "null",
      stderr: "inherit",
    }).output();
    assert(success);
    const lines = new TextDecoder().decode(stdout).trim().split("\n");
    assertEquals(lines[0], "sleep runs");
    assert(lines.includes("sleep has ended: timed-out"));
    const kinds = lines.filter((line) => line.startsWith("- ")).map((line) => line.slice(2));
    assertEquals(kinds.at(0), "attempt-started");
    assertEquals(kinds.at(-1), "attempt-settled");
    const sample = lines.find((line) => line.endsWith(".sample"))?.slice("sample: ".length);
    assertStringIncludes(Deno.readTextFileSync(sample!), "sleep hangs for");
  });
});
