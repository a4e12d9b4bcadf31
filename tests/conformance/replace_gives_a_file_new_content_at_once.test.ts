import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

test("replace() gives a file new content and mode 0600, and leaves nothing else behind", async () => {
  await withTempDirectory((directory) => {
    runtime.files.create(`${directory}/file`, new TextEncoder().encode("old and long"));
    const before = runtime.files.stat(`${directory}/file`)?.inode;
    runtime.files.replace(`${directory}/file`, new TextEncoder().encode("new"));
    assert.equal(runtime.files.readText(`${directory}/file`), "new");
    assert.equal(runtime.files.stat(`${directory}/file`)?.mode, 0o600);
    // Another file with its name: whoever has opened the old one reads that to its end.
    assert.notEqual(runtime.files.stat(`${directory}/file`)?.inode, before);
    assert.deepEqual(runtime.files.list(directory), ["file"]);
  });
});

test("replace() leaves alone what is no regular file", async () => {
  await withTempDirectory((directory) => {
    runtime.files.create(`${directory}/file`, new Uint8Array());
    runtime.files.replaceLink("file", `${directory}/link`);
    runtime.files.makeDirectory(`${directory}/folder`);
    const cases = [["link", "is a symbolic link"], ["folder", "is a directory"]];
    for (const [name, why] of cases) {
      const path = `${directory}/${name}`;
      assert.throws(() => runtime.files.replace(path, new Uint8Array(1)), {
        name: "HostError",
        message: `Cannot replace the file "${path}": ${why}`,
      });
    }
    assert.deepEqual(runtime.files.list(directory)?.sort(), ["file", "folder", "link"]);
  });
});

test("replace() throws, when it cannot write there", async () => {
  await withTempDirectory((directory) => {
    assert.throws(() => runtime.files.replace(`${directory}/none/file`, new Uint8Array(1)), {
      name: "HostError",
      message: `Cannot replace the file "${directory}/none/file": does not exist`,
    });
  });
});
