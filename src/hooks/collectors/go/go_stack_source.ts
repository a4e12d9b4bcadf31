import type { Files, Runtime } from "../../../runtime/port.ts";
import type { CollectorRecord, Stack } from "../../../sample_document.ts";
import type { LanguageFacts } from "../../language_facts.ts";
import { createCollectorLog } from "../collector_log.ts";
import { explainTraceDenied } from "../explain_trace_denied.ts";
import { foldStacks } from "../fold_stacks.ts";
import { placeBelow } from "../place_below.ts";
import type { StackSource } from "../stack_source.ts";
import { type GoReading, readGoroutines } from "./read_goroutines.ts";
import { toGoTasks } from "./to_go_tasks.ts";

const COLLECTOR = "go";
const BUDGET_MS = 250;
/** A program whose goroutines take longer than this is looked at once only. */
const QUICK_MS = 30;

/**
 * Reads the goroutines of Go 1.18 to 1.26 programs from the memory of their processes; needs no tools and no symbols, and
 * stops nothing.
 *
 * @param runtime the host
 * @returns a source that has nothing open between its calls
 */
export function createGoStackSource(runtime: Runtime): StackSource {
  const { files } = runtime;
  const log = createCollectorLog();
  const stacks = new Map<number, Stack[]>();
  const languages = new Map<number, LanguageFacts>();
  const slow = new Set<number>();

  const look = (pid: number): void => {
    const startMs = performance.now();
    const reading = readGoroutines(files, pid, BUDGET_MS);
    const record = recordOf(files, reading, pid);
    if (record === undefined) return;
    const ms = performance.now() - startMs;
    log.add({ name: COLLECTOR, pid, ms, ...record });
    if (reading.kind !== "read") return;
    if (ms > QUICK_MS) slow.add(pid);
    const cwd = files.readLink(`/proc/${pid}/cwd`);
    const placed = reading.goroutines.map((goroutine) => ({
      ...goroutine,
      frames: goroutine.frames.map((frame) => placeBelow(cwd, frame)),
    }));
    languages.set(pid, {
      runtime: reading.version === undefined ? "Go" : `Go ${reading.version}`,
      tasks: toGoTasks(placed),
      leftOut: describeLeftOut(reading.unreadCount),
    });
    for (const { tid, frames } of placed) {
      if (tid === undefined || frames.length === 0) continue;
      stacks.set(tid, [...stacks.get(tid) ?? [], { language: "go", count: 1, frames }]);
    }
  };

  return {
    // deno-lint-ignore require-await -- a source resolves when it is done, and this one does not wait for anything
    async takeSnapshot(targets, signal) {
      for (const { pid } of targets) {
        if (signal.aborted) return;
        if (pid !== runtime.pid && !slow.has(pid)) look(pid);
      }
    },
    async finish() {},
    stacks: () => new Map([...stacks].map(([tid, seen]) => [tid, foldStacks(seen)])),
    languages: () => languages,
    records: () => log.records(),
  };
}

/** What to tell of a look; undefined when there is no Go to be told of. */
function recordOf(
  files: Files,
  reading: GoReading,
  pid: number,
): Pick<CollectorRecord, "status" | "detail"> | undefined {
  switch (reading.kind) {
    case "none":
      return undefined;
    case "denied":
      return { status: "failed", detail: `goroutines are missing: ${explainTraceDenied(files, pid)}` };
    case "refused":
      return { status: "failed", detail: `goroutines are missing: ${reading.reason}` };
    case "read": {
      const { version, goroutines, unreadCount } = reading;
      const parts = [
        version === undefined ? "Go" : `Go ${version}`,
        `${goroutines.length} goroutines`,
        ...describeLeftOut(unreadCount),
      ];
      return { status: "ok", detail: parts.join("; ") };
    }
  }
}

function describeLeftOut(unreadCount: number): readonly string[] {
  if (unreadCount === 0) return [];
  return [
    `${unreadCount} ${
      unreadCount === 1 ? "goroutine" : "goroutines"
    } could not be read, for they move or are too many`,
  ];
}
