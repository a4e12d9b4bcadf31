import { loadConfig } from "../../../../src/suite/config/load_config.ts";
import { host } from "../../../../src/runtime/host.ts";
import { UsageError } from "../../../../src/errors.ts";
import { assertEquals, assertThrows } from "../../../support/assert.ts";
import { withTempDir } from "../../../support/with_temp_dir.ts";

Deno.test("loadConfig() takes the nearest prekill.json at or above the folder", () =>
  withTempDir(async (dir) => {
    await Deno.mkdir(`${dir}/a/b`, { recursive: true });
    await Deno.writeTextFile(`${dir}/prekill.json`, '{"jobs": 3}');
    const { folder, run } = loadConfig(host.files, { cwd: `${dir}/a/b` });
    assertEquals([folder, run], [dir, { jobs: 3 }]);
    assertEquals(loadConfig(host.files, { cwd: `${dir}/a/b`, isOff: true }).folder, `${dir}/a/b`);
  }));

Deno.test("loadConfig() says why a file that was named cannot be read", () =>
  withTempDir((dir) => {
    const { message } = assertThrows(() => loadConfig(host.files, { cwd: dir, path: "no.json" }), UsageError);
    const where = `"${dir}/no.json": does not exist`;
    assertEquals(
      message,
      `Cannot read the configuration ${where}; name another with --config, or leave it out with --no-config`,
    );
  }));
