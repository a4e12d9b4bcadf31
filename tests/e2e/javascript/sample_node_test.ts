import type { SampleDocument } from "../../../src/sample_document.ts";
import { assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { runCli } from "../../support/run_cli.ts";
import { withNodeProgram } from "../../support/with_node_program.ts";

const ignore = !isOnPath("node");
const WAIT_FOR_TIMER = `
  setTimeout(function renewToken() {}, 3600e3);
  process.stdin.on("end", () => process.exit(0)).resume();
  console.log("READY");`;
const SPIN = `
  const fs = require("node:fs");
  function spin() { for (;;); }
  fs.writeSync(1, "READY\\n");
  spin();`;

Deno.test("sample says what an idle Node waits for, in text and JSON, and leaves it running", {
  ignore,
}, async () => {
  await withNodeProgram(WAIT_FOR_TIMER, async (program) => {
    const text = await runCli(["sample", String(program.pid)]);
    assertStringIncludes(
      text.stdout,
      "event loop keeps:\n    standard input (callback at program.cjs:3)\n    a timer that calls renewToken, due in",
    );
    assertStringIncludes(
      text.stdout.replace(/\s+/g, " "),
      "Its event loop keeps: standard input (callback at program.cjs:3); a timer that",
    );
    const json = await runCli(["sample", "--json", String(program.pid)]);
    const document = JSON.parse(json.stdout) as SampleDocument;
    assertEquals(document.processes[0]?.activeResources?.[0], "standard input (callback at program.cjs:3)");
    assertEquals(document.collectors.find(({ name }) => name === "inspector")?.status, "ok");
    const { code, ownStderr } = await program.finish();
    assertEquals([code, ownStderr], [0, ""]);
  });
});

Deno.test("sample places a busy Node in its source", { ignore }, async () => {
  await withNodeProgram(SPIN, async ({ pid }) => {
    const { stdout } = await runCli(["sample", "--json", String(pid)]);
    const document = JSON.parse(stdout) as SampleDocument;
    const { diagnosis } = document;
    assertEquals(diagnosis.cause, "cpu-bound");
    assertStringIncludes(diagnosis.evidence.join("\n"), "It is at spin (program.cjs:3)");
    const stacks = document.processes[0]?.threads[0]?.stacks ?? [];
    assertEquals(stacks.find(({ language }) => language === "javascript")?.frames[0]?.line, 3);
  });
});
