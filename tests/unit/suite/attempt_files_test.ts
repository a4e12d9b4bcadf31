import { HostError } from "../../../src/errors.ts";
import { host } from "../../../src/runtime/host.ts";
import type { Files } from "../../../src/runtime/port.ts";
import { AttemptFiles } from "../../../src/suite/attempt_files.ts";
import { assertEquals } from "../../support/assert.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

/** The files of this machine, of which some cannot be created. */
function filesThatFail(isFull: (path: string) => boolean, code: string): Files {
  return {
    ...host.files,
    create(path, bytes) {
      if (!isFull(path)) return host.files.create(path, bytes);
      throw new HostError("Cannot create it", { cause: { code } });
    },
  };
}

Deno.test("whyNoRoom() names the full disk, and leaves nothing behind where there is room", () =>
  withTempDir(async (sessionDir) => {
    const cases: [files: Files, why: string | undefined][] = [
      [host.files, undefined],
      [
        filesThatFail((path) => path.startsWith(sessionDir), "ENOSPC"),
        `no room for output in "${sessionDir}/logs", the disk is full`,
      ],
      [filesThatFail((path) => path.startsWith(sessionDir), "EACCES"), undefined],
    ];
    for (const [files, why] of cases) {
      const subject = new AttemptFiles(files, sessionDir, () => {});
      assertEquals(subject.whyNoRoom(), why);
      assertEquals(host.files.list(`${sessionDir}/logs`), []);
      assertEquals(host.files.list(subject.tempRoot!), []);
      await subject.close();
    }
    const files = filesThatFail((path) => !path.startsWith(sessionDir), "EDQUOT");
    const subject = new AttemptFiles(files, sessionDir, () => {});
    assertEquals(
      subject.whyNoRoom(),
      `no room for temporary files in "${subject.tempRoot}", the disk quota is used up`,
    );
    await subject.close();
  }));
