import { host } from "../../../../src/runtime/host.ts";
import { acknowledgeShard } from "../../../../src/suite/shard/acknowledge_shard.ts";
import { assertEquals, assertStringIncludes } from "../../../support/assert.ts";
import { withTempDir } from "../../../support/with_temp_dir.ts";

const SHARD = { index: 1, count: 2, source: "TEST_SHARD_INDEX" };

Deno.test("acknowledgeShard() creates the file, leaves one that is there as it is, and says when it cannot", () =>
  withTempDir((dir) => {
    const statusFile = `${dir}/status`;
    assertEquals(acknowledgeShard({ ...SHARD, statusFile }, host.files), undefined);
    assertEquals(Deno.readTextFileSync(statusFile), "");
    Deno.writeTextFileSync(statusFile, "kept");
    assertEquals(acknowledgeShard({ ...SHARD, statusFile }, host.files), undefined);
    assertEquals(Deno.readTextFileSync(statusFile), "kept");
    const problem = acknowledgeShard({ ...SHARD, statusFile: `${dir}/missing/status` }, host.files);
    assertStringIncludes(problem ?? "", "Cannot tell who set TEST_SHARD_INDEX that shards are understood: ");
    assertEquals(acknowledgeShard(SHARD, host.files), undefined);
    return Promise.resolve();
  }));
