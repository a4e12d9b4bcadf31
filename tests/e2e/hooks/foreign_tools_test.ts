import { collectDarwinFacts } from "../../../src/hooks/darwin/collect_darwin_facts.ts";
import type { CollectOptions } from "../../../src/hooks/collectors/collect_options.ts";
import { collectWindowsFacts } from "../../../src/hooks/windows/collect_windows_facts.ts";
import type { Runtime } from "../../../src/runtime/port.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { hostWithTools } from "../../support/fake_tools.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const fixtures = (name: string): string => new URL(`../../fixtures/${name}`, import.meta.url).pathname;

const optionsFor = (
  runtime: Runtime,
  rootPid: number,
  signal = new AbortController().signal,
): CollectOptions => ({
  runtime,
  rootPid,
  ownsSession: true,
  cookie: "",
  seen: [],
  outputPipes: [],
  sampleTimeMs: 20,
  signal,
});

const BUILD = fixtures("darwin/build");
const DARWIN_TOOLS = {
  ps: `case "$1" in
    -axo) cat '${BUILD}/ps_entries.txt';;
    -axwwo) cat '${BUILD}/ps_commands.txt';;
    -o) cat '${BUILD}/usage_1.txt';;
  esac`,
  sample: `test "$3" = -file && test "$4" = /dev/stdout && cat '${BUILD}/'"sample_$1.txt"`,
  // It has told what it knows, and complains with its exit status about a process that has gone.
  lsof: `cat '${BUILD}/lsof.txt'; exit 1`,
  uname: "echo 23.2.0",
  sysctl: 'echo "{ 1.50 1.20 1.00 }"',
};

Deno.test("collectDarwinFacts() runs the tools of macOS and puts together what they print", () =>
  withTempDir(async (directory) => {
    const facts = await collectDarwinFacts(
      optionsFor(hostWithTools("darwin", directory, DARWIN_TOOLS), 4300),
    );
    assertEquals(facts.processes.map((process) => [process.pid, process.threads.length]), [
      [4300, 1],
      [4301, 3],
      [4302, 1],
      [4303, 1],
    ]);
    assertEquals([facts.kernel, facts.load, facts.snapshots], ["Darwin 23.2.0", [1.5, 1.2, 1], 3]);
    assert(facts.windowMs >= 20);
    assertEquals(facts.collectors.filter((record) => record.status !== "ok"), []);
  }));

Deno.test("collectDarwinFacts() says which tool is missing or failed, and goes on without it", () =>
  withTempDir(async (directory) => {
    const tools = { ...DARWIN_TOOLS, sample: "echo 'sample cannot examine process' >&2; exit 1" };
    const facts = await collectDarwinFacts(optionsFor(hostWithTools("darwin", directory, tools), 4302));
    const record = facts.collectors.find(({ name }) => name === "sample");
    assertEquals([record?.pid, record?.status, record?.detail], [
      4302,
      "failed",
      "sample cannot examine process",
    ]);
    assertEquals(facts.processes[0]!.fds[0]!.kind, "pipe");
    assertEquals(facts.processes[0]!.incomplete, "its threads could not be sampled");
  }));

Deno.test("collectDarwinFacts() returns what there is, when it is aborted", () =>
  withTempDir(async (directory) => {
    const ending = new AbortController();
    const tools = { ...DARWIN_TOOLS, sample: "sleep 1000" };
    const collecting = collectDarwinFacts(
      {
        ...optionsFor(hostWithTools("darwin", directory, tools), 4302, ending.signal),
        sampleTimeMs: 600_000,
      },
    );
    ending.abort();
    assertEquals((await collecting).rootPid, 4302);
  }));

Deno.test("collectWindowsFacts() runs PowerShell twice and puts together what it prints", () =>
  withTempDir(async (directory) => {
    const powershell = `case "$4" in
      *Win32_Process*) cat '${fixtures("windows/cim_processes.json")}';;
      *'@(500,501,502)'*) cat '${fixtures("windows/sample.json")}';;
    esac`;
    const facts = await collectWindowsFacts(
      optionsFor(hostWithTools("windows", directory, { powershell }), 500),
    );
    assertEquals(facts.processes.map((process) => [process.pid, process.threads.length]), [
      [500, 1],
      [501, 3],
      [502, 1],
    ]);
    assertEquals(facts.kernel, "Microsoft Windows NT 10.0.22631.0");
    assertEquals(facts.collectors.map(({ name, status }) => [name, status]), [["powershell", "ok"]]);
  }));

Deno.test("collectWindowsFacts() keeps to the empty tree, when there is no PowerShell", () =>
  withTempDir(async (directory) => {
    const facts = await collectWindowsFacts(optionsFor(hostWithTools("windows", directory, {}), 500));
    assertEquals([facts.processes, facts.rootExited], [[], true]);
    assertEquals(facts.collectors[0]!.status, "missing");
  }));
