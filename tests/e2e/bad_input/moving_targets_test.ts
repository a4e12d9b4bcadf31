import { assertEquals, assertMatch } from "../../support/assert.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { runCli } from "../../support/run_cli.ts";
import { withReadyProgram } from "../../support/with_java_program.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

/** Programs that change as fast as they can until a file is there, and then end with 7. */
const PROGRAMS: readonly {
  readonly what: string;
  readonly program: string;
  readonly script: string;
}[] = [
  {
    what: "executes itself again and again",
    program: "sh",
    script: `[ -n "$AGAIN" ] || { echo READY; export AGAIN=1; }
[ -e "$1" ] && { echo END; exit 7; }
exec sh "$0" "$1"
`,
  },
  {
    what: "makes threads, tasks and processes",
    program: "python3",
    script: `import asyncio, os, sys, threading
async def rest(): await asyncio.sleep(0)
async def main():
    print("READY", flush=True)
    while not os.path.exists(sys.argv[1]):
        threads = [threading.Thread(target=sum, args=([1],)) for _ in range(5)]
        for thread in threads: thread.start()
        await asyncio.gather(*[asyncio.create_task(rest()) for _ in range(20)])
        for thread in threads: thread.join()
        pid = os.fork()
        if pid == 0: os._exit(0)
        os.waitpid(pid, 0)
asyncio.run(main())
print("END")
sys.exit(7)
`,
  },
  {
    what: "makes workers and processes",
    program: "node",
    script: `const { Worker } = require("worker_threads");
const { spawn } = require("child_process");
const { existsSync } = require("fs");
console.log("READY");
(function go() {
  if (existsSync(process.argv[2])) {
    console.log("END");
    process.exitCode = 7;
    return;
  }
  new Worker("0", { eval: true }).on("exit", () => spawn("true").on("exit", go));
})();
`,
  },
];

for (const { what, program, script } of PROGRAMS) {
  Deno.test({
    name: `sample does no harm to a program that ${what}`,
    ignore: !isOnPath(program),
    fn: () =>
      withTempDir(async (directory) => {
        const [path, stop] = [`${directory}/program.cjs`, `${directory}/stop`];
        Deno.writeTextFileSync(path, script);
        const flags = program === "node" ? ["--inspect-port=0"] : [];
        await withReadyProgram([program, ...flags, path, stop], async ({ pid, finish, output }) => {
          const { code, stderr } = await runCli(["sample", "--sample-time=300ms", String(pid)]);
          Deno.writeTextFileSync(stop, "");
          assertEquals((await finish()).code, 7);
          // Node says when its inspector is opened.
          assertMatch(output(), /^READY\n[^]*^END$/m);
          assertEquals([code === 0 || code === 1, stderr], [true, ""]);
        });
      }),
  });
}
