import { UsageError } from "../errors.ts";
import { createSessionDir } from "../hooks/sample/session_dir.ts";
import { host } from "../runtime/host.ts";
import type { Runtime } from "../runtime/port.ts";
import type { SuiteEvent } from "../suite_events.ts";
import { EventStream } from "./event_stream.ts";
import { JOURNAL_NAME, SuiteJournal } from "./suite_journal.ts";
import type { SuiteOptions, SuiteTest } from "./suite_options.ts";
import type { SuiteRun } from "./suite_run.ts";
import { SuiteRunner } from "./suite_runner.ts";

/**
 * Runs tests, many at the same time, each in a process of its own, in the given order. It starts at once, and goes on
 * whether or not the events are read; what it has not given out is kept in memory.
 *
 * @param tests what is to run
 * @param options how, and where its journal, logs and samples go
 * @param runtime the host; the one in use when left out
 * @returns the run; iterate over it for its events, the last of which is `run-settled`
 * @throws {UsageError} when two tests have one id, or the session directory holds another run
 * @throws {HostError} when the session directory cannot be written to
 * @example Run two tests
 * ```ts
 * import { runSuite } from "./run_suite.ts";
 *
 * const sessionDir = await Deno.makeTempDir();
 * const tests = ["true", "false"].map((name) => ({
 *   testId: name,
 *   name,
 *   file: name,
 *   runner: "command",
 *   command: [name] as [string],
 * }));
 * for await (const event of runSuite(tests, { sessionDir, jobs: 2 })) {
 *   if (event.kind === "run-settled" && event.counts.failed !== 1) throw new Error("unexpected");
 * }
 * await Deno.remove(sessionDir, { recursive: true });
 * ```
 */
export function runSuite(
  tests: readonly SuiteTest[],
  options: SuiteOptions,
  runtime: Runtime = host,
): SuiteRun {
  checkIds(tests);
  const session = createSessionDir(runtime, options.sessionDir, performance.timeOrigin);
  const sessionDir = session.path;
  const { resume, signal } = options;
  if (resume === undefined && runtime.files.stat(`${sessionDir}/${JOURNAL_NAME}`) !== undefined) {
    throw new UsageError(
      `Cannot use the session directory "${sessionDir}": it holds another run; name a new one, or carry that run on with --resume`,
    );
  }
  session.ensure();
  const settled = new Set(resume?.settled.map(({ testId }) => testId));
  const stream = new EventStream<SuiteEvent>(leave);
  const journal = new SuiteJournal(runtime, {
    sessionDir,
    id: resume?.id ?? crypto.randomUUID(),
    lastSeq: resume?.lastSeq ?? 0,
    give: (events) => stream.push(events),
  });
  const left = tests.filter(({ testId }) => !settled.has(testId));
  const runner = new SuiteRunner(left, { ...options, sessionDir }, journal, runtime);
  async function leave(): Promise<void> {
    runner.stop({ reason: "aborted", detail: "nobody waits for the run any more" });
    await runner.done;
  }
  const onAbort = (): void => runner.stop({ reason: "aborted", detail: "the caller ended the run" });
  const ended = runner.done.finally(() => {
    signal?.removeEventListener("abort", onAbort);
    stream.end();
  });
  ended.catch(() => {});
  let isStopped = false;
  runner.begin();
  if (signal?.aborted) onAbort();
  else signal?.addEventListener("abort", onAbort, { once: true });
  return {
    [Symbol.asyncIterator]: () => stream.read(),
    pause: () => runner.pause(),
    continue: () => runner.continue(),
    look: () => runner.look(),
    stop: ({ signal }) => {
      isStopped = true;
      const detail = signal === undefined ? "the caller ended the run" : `${signal} ended the run`;
      runner.stop({ reason: signal === undefined ? "aborted" : "signal", signal, detail });
    },
    async [Symbol.asyncDispose]() {
      if (!isStopped) await leave();
      await ended;
    },
  };
}

function checkIds(tests: readonly SuiteTest[]): void {
  const ids = new Set<string>();
  for (const { testId } of tests) {
    if (ids.has(testId)) {
      throw new UsageError(
        `Cannot run the test "${testId}": it is planned twice; give each a testId of its own`,
      );
    }
    ids.add(testId);
  }
}
