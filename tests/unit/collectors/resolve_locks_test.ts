import type { Holders } from "../../../src/hooks/collectors/kernel/holders.ts";
import { parseFdinfo } from "../../../src/hooks/collectors/kernel/parse_fdinfo.ts";
import { parseLocks } from "../../../src/hooks/collectors/kernel/parse_locks.ts";
import { resolveLocks } from "../../../src/hooks/collectors/kernel/resolve_locks.ts";
import type { Wait } from "../../../src/hooks/facts.ts";
import { assertEquals } from "../../support/assert.ts";
import { openFile } from "../../support/fake_decode_context.ts";
import { processSnapshot, threadSnapshot } from "../../support/fake_snapshot.ts";

function waiter(type: "flock" | "posix" | "ofd") {
  const wait: Wait = { kind: "file-lock", fd: 4, type };
  const syscall = { number: 0, name: "", text: "", wait };
  const files = [
    openFile(3, "/other", "flags:\t02\nino:\t8\n"),
    openFile(4, "/lock", "flags:\t02\nino:\t7\n"),
  ];
  return processSnapshot(100, { threads: [threadSnapshot(100, { syscall })], files });
}

/** Process 300 has `/lock` open, with this lock on it. */
function holdersWith(lock: string): Holders {
  const info = parseFdinfo(`flags:\t02\nlock:\t${lock}\n`);
  return {
    of: (link) => link === "/lock" ? [{ pid: 300, fd: 5, access: "read-write", info }] : [],
    isCertain: () => true,
  };
}

Deno.test("resolveLocks() names who has the file open, when the process that took the flock has gone", () => {
  const held = "1: FLOCK  ADVISORY  WRITE 200 00:2e:7 0 EOF";
  const lines = parseLocks(`${held}\n1: -> FLOCK  ADVISORY  READ 100 00:2e:7 0 EOF\n`);
  assertEquals(resolveLocks(waiter("flock"), lines, holdersWith(held)), [
    { type: "flock", mode: "read", path: "/lock", inode: 7, held: false, holders: [{ pid: 300 }] },
  ]);
});

Deno.test("resolveLocks() names the owner of a posix lock, whoever else has the file open", () => {
  const held = "1: POSIX  ADVISORY  WRITE 200 00:2e:7 0 EOF";
  const lines = parseLocks(`${held}\n1: -> POSIX  ADVISORY  WRITE 100 00:2e:7 0 EOF\n`);
  assertEquals(resolveLocks(waiter("posix"), lines, holdersWith("")).map(({ holders }) => holders), [[{
    pid: 200,
  }]]);
});

Deno.test("resolveLocks() finds the waiter of an open file description lock by its call", () => {
  const held = "1: OFDLCK ADVISORY  WRITE -1 00:2e:7 0 EOF";
  const lines = parseLocks(`${held}\n1: -> OFDLCK ADVISORY  WRITE -1 00:2e:7 0 EOF\n`);
  assertEquals(
    resolveLocks(waiter("ofd"), lines, holdersWith(held)).map(({ path, holders }) => [path, holders]),
    [
      ["/lock", [{ pid: 300 }]],
    ],
  );
  assertEquals(resolveLocks(processSnapshot(100), lines, holdersWith(held)), []);
});

Deno.test("resolveLocks() finds the path by the inode, when calls cannot be seen", () => {
  const lines = parseLocks(
    "1: POSIX  ADVISORY  WRITE 200 00:2e:8 0 EOF\n1: -> POSIX  ADVISORY  WRITE 100 00:2e:8 0 EOF\n",
  );
  const process = { ...waiter("posix"), threads: [threadSnapshot(100)] };
  assertEquals(resolveLocks(process, lines, holdersWith("")).map(({ path }) => path), ["/other"]);
});

Deno.test("resolveLocks() lists what is held once, though several descriptors show it", () => {
  const fdinfo = "flags:\t02\nlock:\t1: FLOCK  ADVISORY  WRITE 100 00:2e:7 0 EOF\n";
  const process = processSnapshot(100, {
    files: [openFile(3, "/lock", fdinfo), openFile(4, "/lock", fdinfo)],
  });
  assertEquals(resolveLocks(process, [], holdersWith("")), [
    { type: "flock", mode: "write", path: "/lock", inode: 7, held: true },
  ]);
});
