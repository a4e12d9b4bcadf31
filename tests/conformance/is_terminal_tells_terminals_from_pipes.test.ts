import assert from "node:assert/strict";
import { test } from "node:test";
import { runtime } from "./subject.ts";
import { fixture } from "./support/fixture.ts";
import { run } from "./support/run.ts";
import { unlessInstalled } from "./support/skip_unless.ts";

test("isTerminal() says false, when the streams are pipes", async () => {
  const { stdout } = await run(...fixture("print_terminal"));
  assert.equal(stdout, "false,false,false\n");
});

test("isTerminal() says true, on a terminal", {
  skip: unlessInstalled("script") || (runtime.os === "linux" ? false : "script(1) takes other options here"),
}, async () => {
  const [program, args] = fixture("print_terminal");
  const command = [program, ...args].map((word) => `'${word}'`).join(" ");
  const { stdout } = await run("script", ["-qec", command, "/dev/null"]);
  assert.match(stdout, /true,true,true\r\n/);
});
