import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

test("replaceLink() makes the link, and points it elsewhere when it is there", async () => {
  await withTempDirectory((directory) => {
    for (const target of ["one", "two"]) {
      runtime.files.makeDirectory(`${directory}/${target}`);
      runtime.files.replaceLink(target, `${directory}/latest`);
      assert.equal(runtime.files.readLink(`${directory}/latest`), target);
    }
    assert.deepEqual(runtime.files.list(directory)?.sort(), ["latest", "one", "two"]);
    assert.deepEqual(runtime.files.list(`${directory}/one`), []);
  });
});

test("replaceLink() throws, when something else has the name", async () => {
  await withTempDirectory((directory) => {
    runtime.files.create(`${directory}/latest`, new Uint8Array(1));
    assert.throws(() => runtime.files.replaceLink("one", `${directory}/latest`), { name: "HostError" });
    assert.equal(runtime.files.stat(`${directory}/latest`)?.sizeBytes, 1);
  });
});
