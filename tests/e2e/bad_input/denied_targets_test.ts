import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { cliCommand } from "../../support/run_cli.ts";
import { withReadyProgram } from "../../support/with_java_program.ts";

const AS_NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"] as const;
const isRoot = Deno.uid() === 0 && isOnPath("setpriv");

/** Samples as a root that may not look into others' processes, nor signal them. */
async function sampleWithout(capabilities: string, pid: number): Promise<{ code: number; stdout: string }> {
  const [program, ...args] = cliCommand(["sample", "--sample-time=200ms", String(pid)]);
  const { code, stdout } = await new Deno.Command("setpriv", {
    args: [`--bounding-set=${capabilities}`, "--", program, ...args],
    stdin: "null",
  }).output();
  return { code, stdout: new TextDecoder().decode(stdout) };
}

for (const capabilities of ["-sys_ptrace,-perfmon", "-sys_ptrace,-perfmon,-kill"]) {
  Deno.test({
    name: `sample tells what remains and what it lacked, when it runs with the capabilities ${capabilities}`,
    ignore: !isRoot,
    fn: () =>
      withReadyProgram([...AS_NOBODY, "sh", "-c", "echo READY; exec sleep 1000"], async ({ pid }) => {
        const { code, stdout } = await sampleWithout(capabilities, pid);
        assertEquals(code, 1);
        assertStringIncludes(stdout, `sleep (pid ${pid}) waits for something that cannot be told.`);
        assertStringIncludes(stdout, "Its command line is: sleep 1000");
        assertStringIncludes(stdout, "syscall failed: not permitted");
        for (const wrong of ["proven", "woke up", "has ended"]) assert(!stdout.includes(wrong), stdout);
      }),
  });
}
