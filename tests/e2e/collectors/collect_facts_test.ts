import { collectFacts } from "../../../src/hooks/collectors/collect_facts.ts";
import type { StackSource, StackTarget } from "../../../src/hooks/collectors/stack_source.ts";
import { takeLightSample } from "../../../src/hooks/collectors/take_light_sample.ts";
import type { Facts } from "../../../src/hooks/facts.ts";
import { host } from "../../../src/runtime/host.ts";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "../../support/assert.ts";
import { canBuildWaits, mainThread, rootProcess, startWaits } from "../../support/waits_program.ts";
import { waitUntil } from "../../support/wait_until.ts";

/** A test that needs the C program; without a compiler it is skipped. */
function test(name: string, body: () => Promise<void>): void {
  Deno.test({ name, ignore: !canBuildWaits, fn: body });
}

function stateOf(pid: number): string {
  return /\) (\S)/.exec(host.files.readText(`/proc/${pid}/stat`) ?? "")?.[1] ?? "gone";
}

/** Stops and continues the process in each snapshot, as a debugger does, and returns a stack. */
class InterruptingSource implements StackSource {
  readonly calls: string[] = [];
  readonly targets: StackTarget[] = [];

  async takeSnapshot(targets: readonly StackTarget[]): Promise<void> {
    this.calls.push("takeSnapshot");
    this.targets.push(...targets);
    for (const { pid } of targets) {
      Deno.kill(pid, "SIGSTOP");
      await waitUntil("it is stopped", () => stateOf(pid) === "T");
      Deno.kill(pid, "SIGCONT");
      await waitUntil("it sleeps again", () => stateOf(pid) === "S");
    }
  }

  finish(): Promise<void> {
    this.calls.push("finish");
    return Promise.resolve();
  }

  stacks(): ReadonlyMap<number, readonly { language: string; count: number; frames: [] }[]> {
    return new Map(this.targets.map(({ pid }) => [pid, [{ language: "native", count: 3, frames: [] }]]));
  }

  records(): readonly { name: string; pid: number; status: "ok"; ms: number }[] {
    return [{ name: "interrupting", pid: 0, status: "ok", ms: 1 }];
  }
}

test("collectFacts() keeps the arguments of a call, when a source interrupts it", async () => {
  await using program = await startWaits("sleep");
  await program.collectWaiting("sleep");
  const source = new InterruptingSource();
  const facts = await collectFacts(program.options({ sampleTimeMs: 100 }), [source]);
  const thread = mainThread(facts);
  assertEquals(
    host.files.readText(`/proc/${program.pid}/syscall`)?.split(" ")[0],
    host.arch === "aarch64" ? "128" : "219",
  );
  assertEquals(thread.syscall?.wait, { kind: "sleep", durationMs: 600_000 });
  assertEquals([thread.sameSyscall, thread.states], [true, "SSS"]);
  assertEquals(source.calls, ["takeSnapshot", "takeSnapshot", "takeSnapshot", "finish"]);
  assertEquals(thread.stacks.map(({ language }) => language), ["native"]);
  assertEquals(facts.collectors.map(({ name }) => name), ["kernel", "interrupting"]);
  assertEquals(source.targets[0], {
    pid: program.pid,
    command: rootProcess(facts).command,
    threadCount: 1,
    busy: false,
  });
});

test("collectFacts() shows a process that ended meanwhile, and says so", async () => {
  await using program = await startWaits("child");
  const facts = await program.collectWaiting("child");
  const child = facts.processes.find(({ ppid }) => ppid === program.pid)!;
  const source = new InterruptingSource();
  source.takeSnapshot = async () => {
    if (stateOf(child.pid) === "gone") return;
    Deno.kill(child.pid, "SIGKILL");
    await waitUntil(
      "both have ended",
      () => /^(gone|Z)$/.test(stateOf(child.pid)) && /^(gone|Z)$/.test(stateOf(program.pid)),
    );
  };
  const later = await collectFacts(program.options({ seen: facts.processes }), [source]);
  assertEquals(later.rootExited, true);
  const last = later.processes.find(({ pid }) => pid === child.pid);
  assert(last === undefined || last.states === "S" || last.states.endsWith("Z"));
  if (last?.states === "S") assertEquals(last.incomplete, "it ended while it was looked at");
});

test("collectFacts() returns what is there, when it is aborted", async () => {
  await using program = await startWaits("read");
  await program.collectWaiting("read");
  const controller = new AbortController();
  const source = new InterruptingSource();
  source.takeSnapshot = () => {
    controller.abort();
    return new Promise<void>(() => {});
  };
  const facts = await collectFacts(program.options({ sampleTimeMs: 3_600_000, signal: controller.signal }), [
    source,
  ]);
  assertEquals([facts.snapshots, mainThread(facts).syscall?.name], [1, "read"]);
  assertEquals(facts.collectors[0]?.status, "timeout");
  assertEquals(source.calls, []);
});

Deno.test("collectFacts() returns an empty tree, when there is no such process", async () => {
  const child = new Deno.Command("true").spawn();
  await child.status;
  const options = {
    runtime: host,
    rootPid: child.pid,
    ownsSession: true,
    cookie: "",
    seen: [],
    outputPipes: [],
    sampleTimeMs: 0,
    signal: new AbortController().signal,
  };
  const facts = await collectFacts(options, []);
  assertEquals([facts.processes.length, facts.rootExited, facts.snapshots], [0, true, 3]);
  assertEquals(takeLightSample(options).processes, []);
});

Deno.test("collectFacts() shows a zombie without claims, when the root has ended and nobody reaps it", async () => {
  // The shell becomes a sleep, which never waits for the child that it has inherited.
  const child = new Deno.Command("sh", {
    args: ["-c", "true & exec sleep 1000"],
    stdout: "null",
    detached: true,
  }).spawn();
  try {
    const find = (): Facts["processes"][number] | undefined =>
      takeLightSample(optionsOf(child.pid)).processes.find(({ states }) => states === "Z");
    const zombie = await waitUntil("the child is a zombie", find);
    const facts = await collectFacts(optionsOf(zombie.pid), []);
    assertEquals(facts.rootExited, true);
    assertEquals(facts.processes.map(({ states, fds, incomplete }) => [states, fds, incomplete]), [[
      "ZZZ",
      [],
      undefined,
    ]]);
  } finally {
    child.kill("SIGKILL");
    await child.status;
  }
});

test("collectFacts() sees threads and files, when the main thread alone has ended", async () => {
  await using program = await startWaits("leader");
  const facts = await program.collectWhen(
    "the main thread is a zombie and the other one waits",
    (seen) => mainThread(seen).states === "Z" && rootProcess(seen).threads[1]?.syscall?.name === "pause",
  );
  const root = rootProcess(facts);
  assertEquals(facts.rootExited, false);
  assertEquals(root.threads.map(({ name, states, syscall }) => [name, states, syscall?.name]), [
    ["waits", "ZZZ", undefined],
    ["survivor", "SSS", "pause"],
  ]);
  assertEquals([root.states, root.command.at(-1)], ["SSS", "leader"]);
  assert(root.fds.length > 3);
});

test("collectFacts() shows 500 threads and the one that is waited for, when there are 2000", async () => {
  await using program = await startWaits("threads", "2000");
  const root = rootProcess(await program.collectWaiting("futex"));
  const wait = root.threads[0]?.syscall?.wait;
  assertEquals(root.threads.length, 501);
  assert(wait?.kind === "futex" && root.threads.some(({ tid }) => tid === wait.joinsTid));
  assertEquals(root.incomplete, "501 of its 2001 threads are shown");
});

test("collectFacts() shows 1000 files and the one that is read, when there are thousands", async () => {
  await using program = await startWaits("files", "3000");
  const root = rootProcess(await program.collectWaiting("read"));
  const file = root.fds.find(({ fd }) => fd >= 3000);
  assertEquals([root.fds.length, file?.kind], [1000, "pipe"]);
  assertEquals(file?.ends?.map(({ pid }) => pid), [program.pid]);
  assertMatch(root.incomplete ?? "", /^1000 of its \d+ open files are shown$/);
});

test("collectFacts() keeps a name with parentheses, line breaks and bad UTF-8 as it is", async () => {
  await using program = await startWaits("name");
  const root = rootProcess(await program.collectWaiting("signal"));
  assertEquals([root.name, root.states], ["a) S\n\x1b[31m\ufffd", "SSS"]);
  assertEquals(root.threads.map(({ name }) => name), [root.name]);
});

test("collectFacts() says that a process is stopped, and keeps what it was in", async () => {
  await using program = await startWaits("read");
  await program.collectWaiting("read");
  Deno.kill(program.pid, "SIGSTOP");
  await waitUntil("it is stopped", () => stateOf(program.pid) === "T");
  const root = rootProcess(await collectFacts(program.options(), []));
  assertEquals([root.states, root.tracerPid], ["TTT", 0]);
});

test("collectFacts() never shows the process that collects, when that is in the tree", async () => {
  await using program = await startWaits("read");
  const facts = await collectFacts(program.options({ rootPid: host.pid, ownsSession: false }), []);
  assertEquals(facts.processes.some(({ pid }) => pid === host.pid), false);
});

test("collectFacts() measures use of the processor", async () => {
  await using program = await startWaits("read");
  const busy = new Deno.Command("sh", { args: ["-c", "while :; do :; done"], detached: true }).spawn();
  try {
    const facts = await waitUntil("it has used time while it was watched", async () => {
      const seen = await collectFacts({ ...optionsOf(busy.pid), sampleTimeMs: 100 }, []);
      return rootProcess(seen).cpuPercent > 0 ? seen : undefined;
    });
    assertEquals(mainThread(facts).sameSyscall, false);
    const idle = await collectFacts(program.options({ sampleTimeMs: 100 }), []);
    assertEquals([rootProcess(idle).cpuPercent, mainThread(idle).wakeups], [0, 0]);
  } finally {
    busy.kill("SIGKILL");
    await busy.status;
  }
});

test("takeLightSample() finds other ends in the tree, and claims no certainty", async () => {
  await using program = await startWaits("read");
  await program.collectWaiting("read");
  const facts = takeLightSample(program.options());
  const file = rootProcess(facts).fds.find(({ fd }) => fd === 3);
  assertEquals([file?.ends?.map(({ pid }) => pid), file?.endsCertain], [[program.pid], false]);
  assertEquals([facts.snapshots, facts.windowMs, mainThread(facts).wakeups], [1, 0, undefined]);
  assertStringIncludes(mainThread(facts).syscall!.text, "read(3<pipe:");
});

function optionsOf(rootPid: number): Parameters<typeof takeLightSample>[0] {
  return {
    runtime: host,
    rootPid,
    ownsSession: true,
    cookie: "",
    seen: [],
    outputPipes: [],
    sampleTimeMs: 20,
    signal: new AbortController().signal,
  };
}
