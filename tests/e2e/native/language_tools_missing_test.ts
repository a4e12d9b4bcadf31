import { TOOL_CATALOG } from "../../../src/hooks/collectors/native/tool_catalog.ts";
import { sampleProcess } from "../../../src/hooks/sample_process.ts";
import { assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";
import { waitUntil } from "../../support/wait_until.ts";

/** Programs that wait for a line of input, by interpreter, each with the tool that knows its stacks. */
const PROGRAMS = [
  { interpreter: "ruby", tool: "rbspy", file: "wait.rb", text: "puts 1; $stdout.flush; gets\n" },
  { interpreter: "php", tool: "phpspy", file: "wait.php", text: "<?php echo 1; fgets(STDIN);\n" },
] as const;

for (const { interpreter, tool, file, text } of PROGRAMS) {
  Deno.test({
    name: `sampleProcess() explains a ${interpreter} program from outside, and says how to get ${tool}`,
    ignore: Deno.build.os !== "linux" || !isOnPath(interpreter) || isOnPath(tool),
    fn: () =>
      withTempDir(async (directory) => {
        Deno.writeTextFileSync(`${directory}/${file}`, text);
        const child = new Deno.Command(interpreter, {
          args: [file],
          cwd: directory,
          stdin: "piped",
          stdout: "null",
        }).spawn();
        try {
          await waitUntil(`${file} reads`, () => isReading(child.pid));
          const { diagnosis, collectors } = await sampleProcess(child.pid, { sampleTimeMs: 50 });
          assertEquals([diagnosis.cause, diagnosis.program], ["stdin-wait", file]);
          const record = collectors.find(({ name }) => name === tool);
          assertEquals(record?.status, "missing");
          assertStringIncludes(
            record?.detail ?? "",
            TOOL_CATALOG.find(({ name }) => name === tool)!.install!,
          );
        } finally {
          child.kill("SIGKILL");
          await Promise.all([child.status, child.stdin.close().catch(() => {})]);
        }
      }),
  });
}

/** Whether the main thread of a process is in a call that waits for its input. */
function isReading(pid: number): boolean {
  return /pipe_read|poll|anon_pipe_read/.test(Deno.readTextFileSync(`/proc/${pid}/wchan`));
}
