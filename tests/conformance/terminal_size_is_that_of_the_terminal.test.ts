import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { fixture } from "./support/fixture.ts";
import { run } from "./support/run.ts";
import { unlessInstalled } from "./support/skip_unless.ts";

test("terminalSize() says undefined, when the streams are pipes", async () => {
  const { stdout } = await run(...fixture("print_terminal_size"));
  assert.equal(stdout, "undefinedxundefined\n");
});

test("terminalSize() says columns and rows, on a terminal", {
  skip: unlessInstalled("script") || (runtime.os === "linux" ? false : "script(1) takes other options here"),
}, async () => {
  const [program, args] = fixture("print_terminal_size");
  const command = [program, ...args].map((word) => `'${word}'`).join(" ");
  const { stdout } = await run("script", ["-qec", `stty cols 77 rows 33; ${command}`, "/dev/null"]);
  assert.match(stdout, /77x33\r\n/);
});
