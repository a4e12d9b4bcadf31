import { chooseOutput } from "../../../src/cli/choose_output.ts";
import { assertEquals } from "../../support/assert.ts";

Deno.test("chooseOutput() shares a terminal, whatever stdout is", () => {
  for (const stdoutPiped of [false, true]) {
    assertEquals(chooseOutput({ terminal: true, stdoutPiped }), {
      output: { kind: "inherit" },
      newSession: false,
    });
  }
});

Deno.test("chooseOutput() forwards into a pipe and lets the command write files itself", () => {
  assertEquals(chooseOutput({ terminal: false, stdoutPiped: true }), {
    output: { kind: "forward" },
    newSession: true,
  });
  assertEquals(chooseOutput({ terminal: false, stdoutPiped: false }), {
    output: { kind: "inherit" },
    newSession: true,
  });
});
