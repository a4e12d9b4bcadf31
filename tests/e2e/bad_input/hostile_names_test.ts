import { visibleText } from "../../../src/visible_text.ts";
import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { runCli } from "../../support/run_cli.ts";
import { withReadyProgram } from "../../support/with_java_program.ts";

const QUICK = "--sample-time=100ms";
/** Takes a name and a command line that try to be something else; their length is that of its arguments. */
const SCRIPT = String.raw`
$| = 1;
$0 = "a) R\n\e[2J\xff \e]0;title\a\r" . "x" x 90_000;
print "READY\n";
sleep 1000;
`;

Deno.test({
  name: "sample shows names without obeying them, when they hold control characters and invalid UTF-8",
  ignore: !isOnPath("perl"),
  fn: () =>
    withReadyProgram(["perl", "-e", SCRIPT, "x".repeat(100_000)], async ({ pid }) => {
      const text = await runCli(["sample", QUICK, String(pid)]);
      assertEquals([text.code, text.stderr], [0, ""]);
      for (const line of text.stdout.split("\n")) assertEquals(line, visibleText(line));
      assertStringIncludes(text.stdout, String.raw`a) R\n\x1b[2J`);
      assert(text.stdout.length < 32_768, `${text.stdout.length} characters`);
      const json = await runCli(["sample", QUICK, "--json", String(pid)]);
      const { diagnosis, processes } = JSON.parse(json.stdout);
      assertEquals([diagnosis.cause, diagnosis.pid], ["sleep", pid]);
      assertEquals(processes[0].state, "S");
    }),
});
