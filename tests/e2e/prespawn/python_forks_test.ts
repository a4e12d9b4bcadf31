import { ForkServer, type ForkServerOptions } from "../../../src/prespawn/fork_server.ts";
import type { Exit } from "../../../src/outcome.ts";
import { RunnerPool } from "../../../src/prespawn/runner_pool.ts";
import { RunnerError } from "../../../src/prespawn/waiting_runner.ts";
import { host } from "../../../src/runtime/host.ts";
import { readCookies } from "../../../src/tree/read_cookies.ts";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "../../support/assert.ts";
import { exists } from "../../support/exists.ts";
import { FORK_SERVER, pythonJob, pythonStart, testPython } from "../../support/python_starts.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { isGone } from "../../support/with_prespawner.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const python = testPython();
const ENV = { PATH: "/usr/bin:/bin" };

/** Leaves a process behind that has a session of its own and runs no other program, and prints its pid. */
const LEAVES = `import os, sys, time
pid = os.fork()
if pid == 0:
    os.setsid()
    os.closerange(0, 100)
    time.sleep(600)
print(pid)
`;

/** Ends the process that `LEAVES` has left; the cookies that its environment shows. */
async function cookiesOfLeft(logPath: string): Promise<string[]> {
  const pid = Number(host.files.readText(logPath));
  const cookies = readCookies(host.files, pid);
  host.kill(pid, "SIGKILL");
  await waitUntil("it has ended", () => isGone(pid));
  return cookies;
}

/** A fork server, and what runs programs by it. */
interface Forks {
  readonly directory: string;
  readonly server: ForkServer;
  /** Runs a program; `exit`, and what it printed. */
  run(name: string, program: string, args?: readonly string[]): Promise<readonly [Exit, string]>;
}

function testForks(
  name: string,
  test: (forks: Forks) => Promise<void>,
  preloads: Readonly<Record<string, string>> = {},
  options: Partial<ForkServerOptions> = {},
): void {
  Deno.test(name, { ignore: python === undefined }, async () => {
    await withTempDir(async (directory) => {
      for (const [module, text] of Object.entries(preloads)) {
        await Deno.writeTextFile(`${directory}/${module}.py`, text);
      }
      const start = pythonStart({
        python: python!,
        env: ENV,
        cwd: directory,
        preloads: Object.keys(preloads),
        mode: [directory],
      });
      await using server = new ForkServer({ start, serverFile: FORK_SERVER, directory, ...options }, host);
      await test({
        directory,
        server,
        async run(name, program, args = []) {
          await Deno.writeTextFile(`${directory}/${name}.py`, program);
          const logPath = `${directory}/${name}.log`;
          const job = pythonJob(`${name}.py`, { args, env: ENV, cwd: directory });
          const child = await server.take(job, { logPath });
          return [await child!.exited, host.files.readText(logPath) ?? ""];
        },
      });
    });
  });
}

testForks(
  "ForkServer gives each test what its preloads have printed, and its own copy of them",
  async ({ run }) => {
    const program = "import preloaded\npreloaded.things.append(1)\nprint(preloaded.things)\n";
    for (const name of ["first", "second"]) {
      assertEquals(await run(name, program), [{ kind: "exited", code: 0 }, "loaded\nlater\n[1]\n"]);
    }
  },
  { preloaded: "print('loaded', flush=True)\nprint('later')\nthings = []\n" },
);

testForks(
  "ForkServer tells the end of tests that crash, fork, leave threads and change signals",
  async ({ run }) => {
    const programs = {
      exits: "raise SystemExit(7)",
      crashes: "import os; os.kill(os.getpid(), 11)",
      ignores:
        "import signal; signal.signal(signal.SIGCHLD, signal.SIG_IGN); signal.signal(signal.SIGTERM, signal.SIG_IGN)",
      threads:
        "import threading, time, os; threading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
      forks: "import os\nif os.fork() == 0: os._exit(9)\nos.wait()\nraise SystemExit(3)",
      closes: "import os; os.closerange(0, 4096); os._exit(5)",
      normal: "print('fine')",
    };
    const ends = await Promise.all(Object.entries(programs).map(([name, program]) => run(name, program)));
    assertEquals(ends.map(([exit]) => exit.kind === "exited" ? exit.code : exit.signal), [
      7,
      "SIGSEGV",
      0,
      0,
      3,
      5,
      0,
    ]);
    assertEquals(ends.at(-1)![1], "fine\n");
  },
);

testForks(
  "ForkServer kills a test whose server it has killed, and goes on with another server",
  async ({ run, server }) => {
    const [exit, output] = await run(
      "kills",
      "import os, time\nos.kill(os.getppid(), 9)\nprint('sent', flush=True)\ntime.sleep(60)",
    );
    assertEquals([exit, output.length <= 5], [{ kind: "signalled", signal: "SIGKILL" }, true]);
    const first = server.pid;
    assertEquals(await run("after", "print('again')"), [{ kind: "exited", code: 0 }, "again\n"]);
    assert(server.pid !== undefined && server.pid !== first);
  },
);

testForks("ForkServer starts a thousand tests that are asked for at once", async ({ directory, server }) => {
  await Deno.writeTextFile(`${directory}/t.py`, "import sys; sys.exit(int(sys.argv[1]) % 100)");
  const codes = await Promise.all(Array.from({ length: 1000 }, async (_, index) => {
    const job = pythonJob("t.py", { args: [String(index)], env: ENV, cwd: directory });
    const child = await server.take(job, { logPath: `${directory}/log-${index}` });
    const exit = await child!.exited;
    return exit.kind === "exited" ? exit.code : exit.signal;
  }));
  assertEquals(codes, Array.from({ length: 1000 }, (_, index) => index % 100));
});

testForks(
  "ForkServer takes a job of ten megabytes, and one that is no job",
  async ({ directory, server, run }) => {
    const text = "x".repeat(10 << 20);
    const [exit, output] = await run("large", "import sys; print(len(sys.argv[1]))", [text]);
    assertEquals([exit, output], [{ kind: "exited", code: 0 }, `${text.length}\n`]);
    const job = { ...pythonJob("large.py", { env: ENV, cwd: `${directory}/nowhere` }) };
    const child = await server.take(job, { logPath: `${directory}/nowhere.log` });
    assertEquals(await child!.exited, { kind: "exited", code: 125 });
    assertStringIncludes(host.files.readText(`${directory}/nowhere.log`)!, "prekill: Cannot run the job: ");
  },
);

testForks(
  "ForkServer says why it cannot be forked, when a preload has started a thread",
  async ({ directory, server }) => {
    const job = pythonJob("t.py", { env: ENV, cwd: directory });
    const error = await assertRejects(() => server.take(job, { logPath: `${directory}/log` }), RunnerError);
    assertStringIncludes(
      error.message,
      "threaded cannot be forked: loading modules has started 1 thread (poller)",
    );
  },
  {
    threaded:
      "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True, name='poller').start()\n",
  },
);

testForks(
  "ForkServer gives up after three servers in a row that fail, and tells what the last one printed",
  async ({ directory, server }) => {
    const job = pythonJob("t.py", { env: ENV, cwd: directory });
    const error = await assertRejects(() => server.take(job, { logPath: `${directory}/log` }), RunnerError);
    assertStringIncludes(error.message, "The fork server has failed 3 times in a row. ");
    assertStringIncludes(error.message, "KeyError: 'nothing'");
    assertEquals([...Deno.readDirSync(directory)].filter(({ name }) => name.endsWith(".log")).length, 3);
  },
  { broken: "{}['nothing']\n" },
);

testForks(
  "ForkServer.take() throws the reason when aborted, and nothing when stopped",
  async ({ directory, server }) => {
    const job = pythonJob("t.py", { env: ENV, cwd: directory });
    const abort = new AbortController();
    const taken = server.take(job, { logPath: `${directory}/log`, signal: abort.signal });
    abort.abort(new RangeError("enough"));
    await assertRejects(() => taken, RangeError);
    await Promise.all([server.stop(), server.stop()]);
    assertEquals(await server.take(job, { logPath: `${directory}/log` }), undefined);
    assert(!exists(`${directory}/log`));
  },
);

testForks("ForkServer.stop() kills what still runs after two seconds", async ({ directory, server }) => {
  await Deno.writeTextFile(`${directory}/t.py`, "print('here', flush=True); import time; time.sleep(60)");
  const logPath = `${directory}/log`;
  const child = await server.take(pythonJob("t.py", { env: ENV, cwd: directory }), { logPath });
  await waitUntil("it runs", () => host.files.readText(logPath) === "here\n");
  const { pid } = server;
  await server.stop();
  assertEquals(await child!.exited, { kind: "signalled", signal: "SIGKILL" });
  assertEquals(host.kill(pid!, undefined), "gone");
});

testForks("ForkServer.stop() lets a test that ends in time end as it does", async ({ directory, server }) => {
  const program = "import os, time\nwhile not os.path.exists('go'): time.sleep(0.001)\nos._exit(7)";
  await Deno.writeTextFile(`${directory}/t.py`, program);
  const child = await server.take(pythonJob("t.py", { env: ENV, cwd: directory }), {
    logPath: `${directory}/log`,
  });
  const stopped = server.stop();
  await Deno.writeTextFile(`${directory}/go`, "");
  assertEquals(await child!.exited, { kind: "exited", code: 7 });
  await stopped;
});

testForks(
  "ForkServer has what a test forks and leaves behind carry the cookie of the attempt",
  async ({ directory, server }) => {
    await Deno.writeTextFile(`${directory}/leaves.py`, LEAVES);
    const cookie = crypto.randomUUID();
    const env = { ...ENV, PREKILL_ID: cookie };
    const logPath = `${directory}/leaves.log`;
    const child = await server.take(pythonJob("leaves.py", { env, cwd: directory }), { logPath });
    assertEquals(await child!.exited, { kind: "exited", code: 0 });
    assertEquals(await cookiesOfLeft(logPath), [cookie]);
  },
);

testForks(
  "RunnerPool has what a Python test forks and leaves behind carry the cookie of the attempt",
  async ({ directory }) => {
    await Deno.writeTextFile(`${directory}/leaves.py`, LEAVES);
    const cookie = crypto.randomUUID();
    const start = pythonStart({ python: python!, env: { ...ENV, PREKILL_ID: "run" }, cwd: directory });
    await using pool = new RunnerPool({ start, output: { kind: "log" }, directory, maxStarting: 1 }, host);
    const env = { ...ENV, PREKILL_ID: cookie, PREKILL_OUTER_IDS: "run" };
    const logPath = `${directory}/leaves.log`;
    const child = await pool.take(pythonJob("leaves.py", { env, cwd: directory }), { logPath });
    assertEquals(await child!.exited, { kind: "exited", code: 0 });
    assertEquals((await cookiesOfLeft(logPath)).toSorted(), ["run", cookie].toSorted());
  },
);
