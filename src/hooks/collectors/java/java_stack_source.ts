import { messageOf } from "../../../errors.ts";
import type { Runtime } from "../../../runtime/port.ts";
import type { CollectorRecord, Stack } from "../../../sample_document.ts";
import type { LanguageFacts } from "../../language_facts.ts";
import { hasEnded } from "../has_ended.ts";
import { createCollectorLog } from "../collector_log.ts";
import { foldStacks } from "../fold_stacks.ts";
import { forEachLimited } from "../for_each_limited.ts";
import { readThreadIds } from "../read_thread_ids.ts";
import type { StackSource, StackTarget } from "../stack_source.ts";
import { askJava } from "./ask_java.ts";
import { askVirtualThreads } from "./ask_virtual_threads.ts";
import { attachAccess, printsOnQuit } from "./attach_access.ts";
import { type JavaProcess, listThreads, readJavaProcess, socketPath } from "./java_process.ts";
import { openAttachListener } from "./open_attach_listener.ts";
import { parseThreadDump } from "./parse_thread_dump.ts";
import { readPrintedDump } from "./printed_dump.ts";
import type { ThreadDump } from "./thread_dump.ts";
import { toJavaFacts } from "./to_java_facts.ts";

/** What may be done to a JVM that does not answer. */
export interface JavaStackSourceOptions {
  /** Whether it is about to be killed, so that it may be made to print to its own output. */
  readonly willBeKilled?: boolean | undefined;
  /** The end of the output as it is now. */
  readonly readOutput?: ((maxBytes: number) => string) | undefined;
}

const THREADS = "java";
const VIRTUAL_THREADS = "java virtual threads";
const LOOK_MS = 2000;
/** A JVM that takes longer to list its threads is asked once only. */
const QUICK_MS = 150;
const AT_A_TIME = 8;
/** Runs in a JVM once it has had a virtual thread. */
const VIRTUAL_HELPER = /^VirtualThread-un/;

/**
 * The threads of HotSpot JVMs, with their frames and locks, asked of their attach listener as `jcmd Thread.print` does;
 * needs no tools. A JVM that did not listen yet is made to by SIGQUIT, which it handles, and then keeps one more thread
 * that waits for tools. Virtual threads come by a file that the JVM writes and prekill removes.
 *
 * @param runtime the host
 * @param options what may be done to a JVM that cannot be asked
 * @returns a source that leaves each process running, and has nothing open between its calls
 */
export function createJavaStackSource(runtime: Runtime, options: JavaStackSourceOptions = {}): StackSource {
  const log = createCollectorLog();
  const stacks = new Map<number, Stack[]>();
  const facts = new Map<number, LanguageFacts>();
  /** Those that are not asked again: no JVM, too slow, or unable to answer. */
  const done = new Set<number>();
  const silent = new Map<number, JavaProcess>();
  const virtual = new Map<number, JavaProcess>();
  /** Those that began to listen for this. */
  const opened = new Set<JavaProcess>();
  /** What each wrote for its answers, and how much of that before the present snapshot. */
  const answered = new Map<number, number>();
  let counted: ReadonlyMap<number, number> = new Map();

  const keep = (process: JavaProcess, dump: ThreadDump): void => {
    const tids = readThreadIds(runtime.files, listThreads(runtime.files, process.pid));
    const told = toJavaFacts(dump, process.pid, tids);
    facts.set(process.pid, told.language);
    for (const [tid, stack] of told.stacks) stacks.set(tid, [...stacks.get(tid) ?? [], stack]);
  };

  /** Notes what came of it; resolves whether it went well. */
  const attempt = async (
    { name, pid, what }: { readonly name: string; readonly pid: number; readonly what: string },
    signal: AbortSignal,
    action: (signal: AbortSignal) => Promise<string | undefined>,
  ): Promise<boolean> => {
    const startMs = performance.now();
    const add = (status: CollectorRecord["status"], detail?: string): void =>
      log.add({ name, pid, status, ms: performance.now() - startMs, detail });
    const timeUp = new AbortController();
    const timer = setTimeout(() => timeUp.abort(), LOOK_MS);
    try {
      add("ok", await action(AbortSignal.any([signal, timeUp.signal])));
      if (performance.now() - startMs > QUICK_MS) done.add(pid);
      return true;
    } catch (error) {
      done.add(pid);
      const isGone = hasEnded(runtime.files, pid);
      const isLate = signal.aborted || timeUp.signal.aborted;
      if (isGone) add("failed", "the process has ended");
      else add(isLate ? "timeout" : "failed", `${what} are missing: ${messageOf(error)}`);
      return false;
    } finally {
      clearTimeout(timer);
    }
  };

  const look = async ({ pid, threadCount }: StackTarget, signal: AbortSignal): Promise<void> => {
    const process = readJavaProcess(runtime.files, pid, threadCount);
    if (process === undefined) return void done.add(pid);
    const isRead = await attempt({ name: THREADS, pid, what: "Java stacks" }, signal, async (limit) => {
      const access = attachAccess(process);
      if (access.kind === "refused") throw new Error(access.detail);
      if (access.kind === "signal") {
        await openAttachListener(runtime, process, limit);
        opened.add(process);
      }
      // With the locks of `java.util.concurrent`, which it does not list of itself.
      const answer = await askJava(runtime, {
        path: socketPath(process),
        command: "threaddump",
        argument: "-l",
        signal: limit,
      });
      answered.set(pid, (answered.get(pid) ?? 0) + answer.byteCount);
      const dump = parseThreadDump(answer.text);
      if (dump === undefined) throw new Error("it answered with nonsense");
      keep(process, dump);
      if (dump.threads.some(({ name }) => VIRTUAL_HELPER.test(name))) virtual.set(pid, process);
      return dump.version === "" ? undefined : `${dump.version}, ${dump.threads.length} threads`;
    });
    if (!isRead && !facts.has(pid)) silent.set(pid, process);
  };

  const lookAtVirtual = async (process: JavaProcess, signal: AbortSignal): Promise<void> => {
    const { pid } = process;
    const job = { name: VIRTUAL_THREADS, pid, what: "its virtual threads" };
    await attempt(job, signal, async (limit) => {
      const tasks = await askVirtualThreads(runtime, process, limit);
      facts.set(pid, { ...facts.get(pid), tasks });
      return undefined;
    });
  };

  return {
    async takeSnapshot(targets, signal) {
      counted = new Map(answered);
      const open = targets.filter(({ pid }) => pid !== runtime.pid && !done.has(pid));
      await forEachLimited(open, AT_A_TIME, async (target) => {
        if (!signal.aborted) await look(target, signal);
      });
    },
    async finish(_targets, signal) {
      await forEachLimited([...virtual.values()], AT_A_TIME, async (process) => {
        if (!signal.aborted) await lookAtVirtual(process, signal);
      });
      const { willBeKilled = false, readOutput } = options;
      if (!willBeKilled) return;
      // A JVM removes its socket when it exits, but not when it is killed.
      for (const process of opened) runtime.files.remove(socketPath(process));
      if (readOutput === undefined) return;
      // One after the other, so that their lines do not mix.
      for (const process of [...silent.values()].filter(printsOnQuit)) {
        if (signal.aborted) return;
        await attempt({ name: THREADS, pid: process.pid, what: "Java stacks" }, signal, async (limit) => {
          keep(process, await readPrintedDump(runtime, process, { readOutput, signal: limit }));
          return "it printed its threads to its output on SIGQUIT";
        });
      }
    },
    stacks: () => new Map([...stacks].map(([tid, seen]) => [tid, foldStacks(seen)])),
    languages: () => facts,
    answeredBytes: () => counted,
    records: () => log.records(),
  };
}
