import assert from "node:assert/strict";
import { readFileSync, statSync, symlinkSync } from "node:fs";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { withTempDirectory } from "./support/temp_directory.ts";

const command = (outputPath: string, script: string) => ({
  program: "/bin/sh",
  args: ["-c", script],
  env: { PATH: "/usr/bin:/bin", WORD: "ä b" },
  newSession: true,
  stdin: "null" as const,
  outputPath,
});

test("spawnIntoFile() appends both streams to a private file, when the host has a way to do so", async (t) => {
  await withTempDirectory(async (folder) => {
    const path = `${folder}/out.log`;
    const first = await runtime.spawnIntoFile({
      ...command(path, 'pwd; echo "$WORD" >&2; exit 7'),
      cwd: folder,
    });
    if (first === undefined) return t.skip("this host has no way to do so");
    assert.deepEqual(await first.exited, { kind: "exited", code: 7 });
    const second = await runtime.spawnIntoFile(command(path, "cat; kill -s KILL $$"));
    assert.deepEqual(await second?.exited, { kind: "signalled", signal: "SIGKILL" });
    assert.equal(readFileSync(path, "utf8"), `${folder}\nä b\n`);
    assert.equal(statSync(path).mode & 0o777, 0o600);
  });
});

test("spawnIntoFile() is undefined, when the program or the folder of the file is missing, or the file is a link", async () => {
  await withTempDirectory(async (folder) => {
    symlinkSync(`${folder}/elsewhere`, `${folder}/link`);
    assert.equal(await runtime.spawnIntoFile(command(`${folder}/none/out.log`, "true")), undefined);
    assert.equal(await runtime.spawnIntoFile(command(`${folder}/link`, "true")), undefined);
    const missing = { ...command(`${folder}/out.log`, "true"), program: `${folder}/none` };
    assert.equal(await runtime.spawnIntoFile(missing), undefined);
  });
});
