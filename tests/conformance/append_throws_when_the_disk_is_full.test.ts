import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";

test("write() of an open file throws, when the disk is full", {
  skip: runtime.files.stat("/dev/full") === undefined ? "needs /dev/full" : false,
}, () => {
  const handle = runtime.files.openAppend("/dev/full");
  assert.throws(() => handle.write(new Uint8Array(10)), {
    name: "HostError",
    message: 'Cannot write to the file "/dev/full": the disk is full',
  });
  handle.close();
});
