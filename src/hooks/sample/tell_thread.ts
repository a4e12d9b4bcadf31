import { formatDuration } from "../../duration.ts";
import { visibleText } from "../../visible_text.ts";
import type { ProcessFacts } from "../facts.ts";
import { listAll } from "../diagnosis/list_all.ts";
import type { LanguageThread, LanguageWait } from "../language_facts.ts";
import { lockName } from "../lock_name.ts";

const WAITS: Readonly<Record<LanguageWait["kind"], (what: string) => string>> = {
  lock: (what) => `waits for ${what === "" ? "a lock" : what}`,
  condition: (what) => `waits to be notified${what === "" ? "" : ` on ${what}`}`,
  semaphore: (what) => `waits for ${what === "" ? "a semaphore" : what}`,
  latch: (what) => `waits for ${what === "" ? "an event of another thread" : what}`,
  queue: (what) => `waits on ${what === "" ? "a queue" : what}`,
  future: (what) => `waits for the result of ${what === "" ? "a future" : what}`,
  join: (what) => `waits for ${what === "" ? "another thread" : what} to end`,
  channel: (what) => `waits on ${what === "" ? "a channel" : what}`,
  sleep: () => "sleeps",
  io: (what) => `waits for ${what === "" ? "input or output" : what}`,
  other: (what) => what === "" ? "waits" : `waits for ${what}`,
};

/**
 * What a runtime tells of a thread, as one clause: `BLOCKED, holds ledger_lock (threading.Lock), waits for audit_lock
 * (threading.Lock), which Thread-2 holds`.
 *
 * @param process whose thread, for the names of the others
 * @param tid the thread
 * @param language what is told
 * @returns printable text on one line; undefined when nothing is told
 */
export function tellThread(process: ProcessFacts, tid: number, language: LanguageThread): string | undefined {
  const { state, holds, wait } = language;
  const parts: string[] = [];
  if (state !== undefined && state !== "") parts.push(visibleText(state));
  const [certain, inferred] = [true, false].map((isCertain) =>
    holds.filter((lock) => lock.isCertain === isCertain)
  );
  if (certain!.length > 0) parts.push(`holds ${listAll(certain!.map(lockName))}`);
  if (inferred!.length > 0) parts.push(`holds, it seems, ${listAll(inferred!.map(lockName))}`);
  if (wait !== undefined) parts.push(tellWait(process, tid, wait));
  return parts.length === 0 ? undefined : parts.join(", ");
}

function tellWait(process: ProcessFacts, tid: number, wait: LanguageWait): string {
  const { kind, on, timeoutMs } = wait;
  const owners = ownersOf(process, wait);
  const others = listAll(owners.map((owner) => owner === tid ? "it itself" : nameOf(process, owner)));
  const isJoin = kind === "join" && others !== "";
  const what = isJoin ? others : on === undefined ? "" : lockName(on);
  const limit = timeoutMs === undefined ? "" : ` (for ${formatDuration(timeoutMs)} at most)`;
  const verb = owners.length === 1 ? "holds" : "hold";
  const held = isJoin || others === "" ? "" : `, which ${others} ${verb}`;
  return WAITS[kind](what) + limit + held;
}

/** Whom the runtime names, else those that say that they hold the lock. */
function ownersOf({ threads }: ProcessFacts, { on, ownerTids = [] }: LanguageWait): readonly number[] {
  if (ownerTids.length > 0 || on === undefined) return ownerTids;
  return threads.filter(({ language }) => language?.holds.some(({ id }) => id === on.id)).map(({ tid }) =>
    tid
  );
}

function nameOf({ pid, threads }: ProcessFacts, tid: number): string {
  const thread = threads.find((candidate) => candidate.tid === tid);
  const name = thread?.language?.name ?? "";
  if (name !== "") return visibleText(name);
  return tid === pid ? "the main thread" : `thread ${tid}`;
}
