import { readPythonStacks } from "../../../src/hooks/collectors/python/read_python_stacks.ts";
import { host } from "../../../src/runtime/host.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { installedPythons } from "../../support/pythons.ts";
import { withPythonProgram } from "../../support/with_python_program.ts";

const BUDGET_MS = 2000;

for (const { path, version: [major, minor] } of installedPythons()) {
  if (major !== 3 || minor < 8 || minor > 14) continue;
  Deno.test({
    name:
      `readThreadNames() finds the names that the program gave its threads, in Python ${major}.${minor} (${path})`,
    ignore: host.os !== "linux" || host.arch !== "x86_64",
    fn: () =>
      withPythonProgram(path, ["named_threads.py"], ({ pid, line }) => {
        const reading = readPythonStacks(host.files, pid, BUDGET_MS);
        assert(reading.kind === "read", JSON.stringify(reading));
        const names = Object.fromEntries([...reading.names].map(([tid, name]) => [`${tid}`, name]));
        assertEquals<unknown>(names, JSON.parse(line));
      }),
  });
}
