import assert from "node:assert/strict";
import { test } from "node:test";
import { nonblocking } from "./support/nonblocking.ts";
import { run, start, textOf } from "./support/run.ts";
import { unlessInstalled } from "./support/skip_unless.ts";
import { fixture } from "./support/fixture.ts";

test("write() writes all bytes in order, when calls overlap and the reader is slow", async () => {
  const child = start(...fixture("write_much", "1024"));
  const numbers = (await textOf(child.stdout)).match(/.{8}/g)!;
  const expected = Array.from({ length: 16 }, (_, index) => String(index * 64).padStart(8, "0"));
  assert.equal(numbers.length, 16 * 8192);
  assert.deepEqual(numbers.filter((_, index) => index % 8192 === 0), expected);
  assert.deepEqual(numbers.filter((_, index) => index % 8192 === 8191), expected);
  assert.equal(await textOf(child.stderr), "true");
  await child.exited;
});

test(
  "write() writes all bytes, when the pipe does not block",
  { skip: unlessInstalled("python3") },
  async () => {
    const { stdout, stderr } = await run("python3", nonblocking("write_much", "1024"));
    assert.equal(stderr, "true");
    assert.equal(stdout, `${1024 * 1024} 0000096000000960\n`);
  },
);
