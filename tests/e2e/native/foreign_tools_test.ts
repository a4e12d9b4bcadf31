import { host } from "../../../src/runtime/host.ts";
import { assertEquals } from "../../support/assert.ts";
import { hostWithTools } from "../../support/fake_tools.ts";
import { gatherStacks } from "../../support/gather_stacks.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { stateOf, withWaitingProgram } from "../../support/with_waiting_program.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

/** A tool that stops the process, as one does that is killed before it could let go. */
const STOPPING_TOOL = 'for pid; do :; done; kill -STOP "$pid"; exec sleep 1000';

Deno.test("takeSnapshot() lets a process go that a tool left stopped, when the tool is killed", () =>
  withTempDir((directory) =>
    withWaitingProgram(["sleep", "1000"], async (pid) => {
      const runtime = hostWithTools("linux", directory, { "eu-stack": STOPPING_TOOL });
      const ending = new AbortController();
      const gathering = gatherStacks([pid], { runtime, tools: ["eu-stack"], signal: ending.signal });
      await waitUntil("the tool has stopped it", () => stateOf(pid) === "T");
      ending.abort();
      const { stacks, records } = await gathering;
      assertEquals(stateOf(pid), "S");
      assertEquals(stacks, []);
      assertEquals(records.map(({ name, status }) => [name, status]), [["eu-stack", "timeout"]]);
    })
  ));

Deno.test("takeSnapshot() does not wake a process that was stopped before, when the tool is killed", () =>
  withTempDir((directory) =>
    withWaitingProgram(["sleep", "1000"], async (pid) => {
      host.kill(pid, "SIGSTOP");
      await waitUntil("it has stopped", () => stateOf(pid) === "T");
      const runtime = hostWithTools("linux", directory, { "eu-stack": STOPPING_TOOL });
      await gatherStacks([pid], { runtime, tools: ["eu-stack"], toolTimeoutMs: 20 });
      assertEquals(stateOf(pid), "T");
    })
  ));

Deno.test("finish() adds perf's samples of busy processes and removes its file", () =>
  withTempDir((directory) =>
    withWaitingProgram(["sleep", "1000"], async (pid) => {
      const file = `${directory}/where`;
      const perf = `case $1 in
record) while [ $# -gt 0 ]; do [ "$1" = -o ] && echo "$2" >> ${file}; shift; done ;;
script) for n in 1 2; do printf 'sleep ${pid}/${pid}\\n\\t 116b spin (/tmp/spin)\\n\\n'; done ;;
esac`;
      const runtime = hostWithTools("linux", directory, { perf });
      const { stacks, records } = await gatherStacks([pid], { runtime, tools: ["perf"], busy: true });
      const frames = [{ function: "spin", file: "spin" }];
      assertEquals<unknown>(stacks, [[{ language: "native", count: 2, frames }]]);
      assertEquals(records.filter(({ name }) => name === "perf").map(({ status }) => status), ["ok"]);
      const files = Deno.readTextFileSync(file).trim().split("\n");
      assertEquals(files.length, 1);
      assertEquals(host.files.stat(files[0]!.replace(/\/[^/]*$/, "")), undefined);
    })
  ));

Deno.test("finish() asks py-spy about programs named python, and no others", () =>
  withTempDir((directory) =>
    withWaitingProgram(["sleep", "1000"], async (otherPid) => {
      Deno.copyFileSync(host.files.realPath(sleepPath())!, `${directory}/python3.12`);
      await withWaitingProgram([`${directory}/python3.12`, "1000"], async (pid) => {
        const script = `echo '[{"os_thread_id":${pid},"frames":[{"name":"f","filename":"a.py","line":3}]}]'
echo "$@" >> ${directory}/calls`;
        const runtime = hostWithTools("linux", directory, { "py-spy": script });
        const { stacks } = await gatherStacks([pid, otherPid], { runtime, tools: ["py-spy"] });
        const frames = [{ function: "f", file: "a.py", line: 3 }];
        assertEquals<unknown>(stacks, [[{ language: "python", count: 1, frames }]]);
        assertEquals(
          Deno.readTextFileSync(`${directory}/calls`),
          `dump --json --nonblocking --pid ${pid}\n`,
        );
        const { records } = await gatherStacks([pid, pid], { tools: [] });
        assertEquals(
          records.filter(({ name }) => name === "py-spy").map(({ pid, status }) => [pid, status]),
          [
            [0, "missing"],
          ],
        );
      });
    })
  ));

function sleepPath(): string {
  const folder = host.getEnv("PATH")!.split(":").find((folder) => isOnPath("sleep", folder));
  return `${folder}/sleep`;
}
