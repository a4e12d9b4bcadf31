import { parseDotnetStack } from "../../../src/hooks/collectors/native/parse_dotnet_stack.ts";
import { parsePhpspy } from "../../../src/hooks/collectors/native/parse_phpspy.ts";
import { parsePySpy } from "../../../src/hooks/collectors/native/parse_py_spy.ts";
import { parseRbspy } from "../../../src/hooks/collectors/native/parse_rbspy.ts";
import { assertEquals } from "../../support/assert.ts";

/** As py-spy 0.4.2 writes it. */
const PY_SPY = JSON.stringify([
  {
    pid: 19426,
    thread_id: 140601653851840,
    thread_name: "Thread-1 (acquire)",
    os_thread_id: 19468,
    frames: [
      {
        name: "run",
        filename: "/usr/lib/python3.11/threading.py",
        short_filename: "threading.py",
        line: 982,
      },
      { name: "_bootstrap", filename: "/usr/lib/python3.11/threading.py", line: 0 },
    ],
  },
  { pid: 19426, os_thread_id: null, frames: [{ name: "<module>", filename: "/tmp/spin.py", line: 4 }] },
  { pid: 19426, os_thread_id: 19470, frames: [] },
]);

Deno.test("parsePySpy() reads frames with their lines, and takes an unnumbered thread for the main one", () => {
  assertEquals<unknown>(parsePySpy(PY_SPY, 19426), [
    {
      tid: 19468,
      language: "python",
      frames: [
        { function: "run", file: "/usr/lib/python3.11/threading.py", line: 982 },
        { function: "_bootstrap", file: "/usr/lib/python3.11/threading.py", line: undefined },
      ],
    },
    { tid: 19426, language: "python", frames: [{ function: "<module>", file: "/tmp/spin.py", line: 4 }] },
  ]);
});

Deno.test("parsePySpy() finds nothing in what is not its output", () => {
  assertEquals(parsePySpy("", 1), []);
  assertEquals(parsePySpy("{}", 1), []);
  assertEquals(parsePySpy("Error: Failed to find python version", 1), []);
});

Deno.test("parseRbspy() puts the innermost frame first", () => {
  const text = `<main> - /srv/app - v2/job.rb:9
run - /srv/app - v2/job.rb:4
sleep [c function] - (unknown):0
`;
  assertEquals<unknown>(parseRbspy(text, 7), [{
    tid: 7,
    language: "ruby",
    frames: [
      { function: "sleep [c function]", file: undefined, line: undefined },
      { function: "run", file: "/srv/app - v2/job.rb", line: 4 },
      { function: "<main>", file: "/srv/app - v2/job.rb", line: 9 },
    ],
  }]);
  assertEquals(parseRbspy("Error: Permission denied", 7), []);
});

Deno.test("parseDotnetStack() reads managed methods of each thread", () => {
  const text = `# comment
Thread (0x48839B):
  [Native Frames]
  System.Console!System.IO.StdInReader.ReadKey(bool&)
  StackTracee!Tracee.Program.Main(class System.String[])

Thread (0x48839C):
  [Native Frames]
`;
  assertEquals<unknown>(parseDotnetStack(text), [{
    tid: 0x48839b,
    language: "dotnet",
    frames: [
      { function: "System.IO.StdInReader.ReadKey(bool&)", module: "System.Console" },
      { function: "Tracee.Program.Main(class System.String[])", module: "StackTracee" },
    ],
  }]);
});

Deno.test("parsePhpspy() reads the frames of one look, and knows no file for what is built in", () => {
  const text = `0 sleep <internal>:-1
1 Job\\Runner::wait /srv/my app/runner.php:12
2 <main> /srv/my app/run.php:3
# - - - - -
0 sleep <internal>:-1
`;
  assertEquals<unknown>(parsePhpspy(text, 7), [{
    tid: 7,
    language: "php",
    frames: [
      { function: "sleep", file: undefined, line: undefined },
      { function: "Job\\Runner::wait", file: "/srv/my app/runner.php", line: 12 },
      { function: "<main>", file: "/srv/my app/run.php", line: 3 },
    ],
  }]);
  assertEquals(parsePhpspy("process_vm_readv: No such process\n", 7), []);
  assertEquals(parsePhpspy("3 lost /srv/a.php:1\n", 7), []);
});
