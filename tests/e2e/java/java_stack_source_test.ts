import { createJavaStackSource } from "../../../src/hooks/collectors/java/java_stack_source.ts";
import { readJavaProcess } from "../../../src/hooks/collectors/java/java_process.ts";
import type { StackSource, StackTarget } from "../../../src/hooks/collectors/stack_source.ts";
import type { LanguageThread } from "../../../src/hooks/language_facts.ts";
import { host } from "../../../src/runtime/host.ts";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "../../support/assert.ts";
import { exists } from "../../support/exists.ts";
import { isOnPath } from "../../support/is_on_path.ts";
import { compileJava, type JavaProgram, withReadyProgram } from "../../support/with_java_program.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { withTempDir } from "../../support/with_temp_dir.ts";

const NEVER = new AbortController().signal;
/** More than any limit of the source: only a broken one takes so long. */
const BOUND_MS = 10_000;
const FAKE = new URL("../../fixtures/java/fake_jvm.py", import.meta.url).pathname;
const isMissing = !isOnPath("javac") || !isOnPath("java");
const options = { ignore: isMissing };
if (isMissing) console.log("skipped: tests of JVMs need java and javac (install default-jdk-headless)");

Deno.test({
  ...options,
  name: "createJavaStackSource() tells who waits for whom, and the program goes on to its normal end",
  async fn() {
    await withWaits([], async (program) => {
      const source = createJavaStackSource(host);
      await snapshots(source, [program.pid], 3);
      const threads = threadsOf(source, program.pid);
      const owner = byName(threads, "lock-waiter").wait?.ownerTids?.[0];
      assertEquals(threads.get(owner!)?.name, "lock-holder");
      const [stack] = source.stacks().get(tidOf(threads, "queue-waiter")) ?? [];
      assertEquals([stack?.language, stack?.count], ["java", 3]);
      assert(
        stack!.frames.some(({ function: name }) => name.startsWith("Waits.")),
        "its own frames are there",
      );
      assertMatch(source.languages!().get(program.pid)?.runtime ?? "", /^OpenJDK \d/);
      assertEquals(source.records().map(({ name, status }) => [name, status]), [["java", "ok"]]);
      assertEquals(exists(`/tmp/.attach_pid${program.pid}`), false);
      assertEquals(exists(`/proc/${program.pid}/cwd/.attach_pid${program.pid}`), false);
      assertEquals((await program.finish()).code, 0);
      assertEquals(program.output(), "READY\ndone\n");
    });
  },
});

Deno.test({
  ...options,
  name:
    "createJavaStackSource() takes away the socket that it made a JVM open, when that is killed afterwards",
  async fn() {
    for (const willBeKilled of [false, true]) {
      await withWaits([], async ({ pid }) => {
        const source = createJavaStackSource(host, { willBeKilled });
        await snapshots(source, [pid], 1);
        await source.finish([], NEVER);
        assertEquals(exists(`/tmp/.java_pid${pid}`), !willBeKilled);
      });
    }
  },
});

Deno.test({
  ...options,
  name: "createJavaStackSource() counts what a JVM writes for its answers, when the kernel counts it",
  async fn() {
    await withWaits([], async ({ pid }) => {
      const source = createJavaStackSource(host);
      await snapshots(source, [pid], 1);
      const written = (): number =>
        Number(/^wchar: (\d+)$/m.exec(Deno.readTextFileSync(`/proc/${pid}/io`))?.[1]);
      const answered = (): number => source.answeredBytes!().get(pid) ?? 0;
      assertEquals(answered(), 0);
      const writtenBefore = written();
      await snapshots(source, [pid], 1);
      const [writtenBetween, answeredBefore] = [written(), answered()];
      await snapshots(source, [pid], 1);
      assertEquals(answered() - answeredBefore, writtenBetween - writtenBefore);
    });
  },
});

Deno.test({
  ...options,
  name:
    "createJavaStackSource() looks at several JVMs at once, one of them stopped and one that leaves signals alone",
  async fn() {
    await withWaits([], (first) =>
      withWaits(["-Xrs"], (second) =>
        withWaits([], async (stopped) => {
          host.kill(stopped.pid, "SIGSTOP");
          await waitUntil("it is stopped", () => /^State:\tT/m.test(statusOf(stopped.pid)));
          const source = createJavaStackSource(host);
          const startMs = performance.now();
          await snapshots(source, [first.pid, second.pid, stopped.pid], 3);
          assert(performance.now() - startMs < BOUND_MS, "it does not wait for the stopped one");
          assertEquals([...source.languages!().keys()].sort(), [first.pid, second.pid].sort());
          const record = source.records().find(({ pid }) => pid === stopped.pid);
          assertStringIncludes(record?.detail ?? "", "it is stopped");
        })));
  },
});

Deno.test({
  ...options,
  name: "createJavaStackSource() has a JVM print to its output only when it is about to be killed",
  async fn() {
    await withWaits(["-XX:+DisableAttachMechanism"], async (program) => {
      const spared = createJavaStackSource(host, { readOutput: program.output });
      await snapshots(spared, [program.pid], 2);
      assertEquals(program.output(), "READY\n");
      assertStringIncludes(spared.records()[0]?.detail ?? "", "DisableAttachMechanism");
      const source = createJavaStackSource(host, { willBeKilled: true, readOutput: program.output });
      await snapshots(source, [program.pid], 2);
      assertStringIncludes(program.output(), "Full thread dump");
      assertEquals(byName(threadsOf(source, program.pid), "queue-waiter").wait?.kind, "queue");
    });
  },
});

for (
  const [mode, words] of [
    ["endless", undefined],
    ["silent", "it did not answer in time"],
    ["nonsense", "it answered with nonsense"],
    ["empty", "it answered with nonsense"],
    ["refusing", "it refused: not today"],
  ] as const
) {
  Deno.test({
    name: `createJavaStackSource() stays within its limits, when what looks like a JVM is ${mode}`,
    ignore: !isOnPath("python3"),
    async fn() {
      await withReadyProgram(["python3", FAKE, mode], async ({ pid }) => {
        try {
          const source = createJavaStackSource(host);
          const startMs = performance.now();
          await snapshots(source, [pid], 2);
          assert(performance.now() - startMs < BOUND_MS, "it gives up in time");
          const [record] = source.records();
          if (words !== undefined) assertStringIncludes(record?.detail ?? "", words);
          assertEquals(source.stacks().size, 0);
        } finally {
          host.files.remove(`/tmp/.java_pid${pid}`);
        }
      });
    },
  });
}

Deno.test("createJavaStackSource() leaves alone what only has the name of a JVM", async () => {
  await withTempDir(async (directory) => {
    Deno.symlinkSync("/bin/sh", `${directory}/java`);
    await withReadyProgram([`${directory}/java`, "-c", "echo READY; read line"], async ({ pid, finish }) => {
      assertEquals(readJavaProcess(host.files, pid, 99), undefined);
      const source = createJavaStackSource(host, { willBeKilled: true, readOutput: () => "" });
      await snapshots(source, [pid], 1);
      assertEquals(source.records(), []);
      assertEquals((await finish()).signal, null);
    });
  });
});

/** Runs the program of all waits, from a folder of its own. */
async function withWaits(
  jvmOptions: readonly string[],
  test: (program: JavaProgram) => Promise<void> | void,
): Promise<void> {
  await withTempDir(async (directory) => {
    await compileJava("Waits", directory);
    const quick = ["-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];
    let socket = "";
    try {
      await withReadyProgram(["java", ...quick, ...jvmOptions, "-cp", directory, "Waits"], (program) => {
        socket = `/tmp/.java_pid${program.pid}`;
        return test(program);
      });
    } finally {
      // A JVM that is killed cannot remove it.
      host.files.remove(socket);
    }
  });
}

async function snapshots(source: StackSource, pids: readonly number[], count: number): Promise<void> {
  const targets = pids.map((pid): StackTarget => ({ pid, command: [], threadCount: 9, busy: false }));
  for (let index = 0; index < count; index++) await source.takeSnapshot(targets, NEVER);
  await source.finish(targets, NEVER);
}

function threadsOf(source: StackSource, pid: number): ReadonlyMap<number, LanguageThread> {
  return source.languages!().get(pid)?.threads ?? new Map();
}

function tidOf(threads: ReadonlyMap<number, LanguageThread>, name: string): number {
  return [...threads].find(([, thread]) => thread.name === name)?.[0] ?? 0;
}

function byName(threads: ReadonlyMap<number, LanguageThread>, name: string): LanguageThread {
  const thread = threads.get(tidOf(threads, name));
  if (thread === undefined) throw new Error(`there is no thread "${name}"`);
  return thread;
}

function statusOf(pid: number): string {
  return Deno.readTextFileSync(`/proc/${pid}/status`);
}
