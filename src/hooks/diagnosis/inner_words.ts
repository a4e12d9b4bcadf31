import { visibleText } from "../../visible_text.ts";
import type { ProcessFacts } from "../facts.ts";
import type { LanguageLock } from "../language_facts.ts";
import { lockName } from "../lock_name.ts";
import { listAll } from "./list_all.ts";
import { libraryCall } from "./source_place.ts";
import type { Stand } from "./stand.ts";
import { threadLabel } from "./thread_label.ts";
import type { ThreadWait } from "./thread_wait.ts";

type Inner = Extract<ThreadWait, { kind: "inner" }>;

const OWNERS_SHOWN = 3;
/** Methods of queues that wait for room rather than for an item. */
const PUTS = /\b_?(put|offer|add|push|send|transfer|enqueue)\w*$/i;
/** Methods of queues that wait until all items have been dealt with. */
const JOINS = /\bjoin$/;
/** What a wait on a latch-like thing lacks, by its type. */
const LACKS: readonly (readonly [RegExp, string])[] = [
  [/CountDownLatch|Phaser/, "that is not counted down"],
  [/Barrier/, "that too few threads reach"],
  [/Event/, "that nobody sets"],
  [/WaitGroup/, "of which not all have said that they are done"],
];

/**
 * Says what a thread waits for inside its process, as the rest of a sentence: `waits in LinkedBlockingQueue.take for an
 * item that nobody puts into …`.
 *
 * @param stand where it stands
 * @param wait its wait
 */
export function describeInner({ process, thread }: Stand, wait: Inner): string {
  const call = libraryCall(thread);
  const within = call === undefined ? "" : ` in ${visibleText(call)}`;
  return `waits${within} for ${awaited(process, thread.tid, wait, call)}`;
}

/**
 * A lock and who holds it: `ledger_lock (threading.Lock), which thread "b" (tid 3) holds`.
 *
 * @param process whose lock
 * @param tid the thread that waits for it
 * @param wait the wait
 */
export function heldLock(process: ProcessFacts, tid: number, { on, owners }: Inner): string {
  const lock = on === undefined ? "a lock" : on.id === on.type ? `the ${on.type}` : shortLockName(on);
  if (owners.length === 0 && /ReadWriteLock/.test(on?.type ?? "")) {
    return `${lock}, whose readers its runtime does not name`;
  }
  if (owners.length === 0) return `${lock}, which no thread is seen to hold and which is not released`;
  if (owners.some((owner) => owner.tid === tid)) return `${lock}, which it holds itself`;
  const names = owners.slice(0, OWNERS_SHOWN).map((owner) => threadLabel(process, owner.tid));
  if (owners.length > names.length) names.push(`${owners.length - names.length} more`);
  const isInferred = owners.every((owner) => !owner.isCertain);
  const verb = isInferred ? "probably held by" : owners.length === 1 ? "holds" : "hold";
  return isInferred ? `${lock}, ${verb} ${listAll(names)}` : `${lock}, which ${listAll(names)} ${verb}`;
}

/** The JDK's own classes are known without their packages. */
function shortLockName(lock: LanguageLock): string {
  return lockName({ ...lock, type: lock.type.replace(/^javax?\.([a-z]\w*\.)+/, "") });
}

function awaited(process: ProcessFacts, tid: number, wait: Inner, call: string | undefined): string {
  const thing = (otherwise: string): string => wait.on === undefined ? otherwise : shortLockName(wait.on);
  switch (wait.what) {
    case "lock":
      return heldLock(process, tid, wait);
    case "condition":
      return `a notification on ${thing("a condition")} that does not come`;
    case "semaphore":
      return `${thing("a semaphore")} of which nobody releases a permit`;
    case "latch": {
      const lack = LACKS.find(([pattern]) => pattern.test(wait.on?.type ?? ""))?.[1] ?? "that does not come";
      return `${thing("an event of another thread")} ${lack}`;
    }
    case "queue":
      if (JOINS.test(call ?? "")) {
        return `all items of ${thing("a queue")} to be done, of which not all are said to be (task_done)`;
      }
      return PUTS.test(call ?? "")
        ? `room in ${thing("a queue")}, from which nobody takes`
        : `an item from ${thing("a queue")}, into which nobody puts one`;
    case "future":
      return `the result of ${thing("a future")} that does not come`;
    case "channel":
      return `${thing("the other side of a channel")}, which does not come`;
    case "join":
      return `${thing("another thread")} to end`;
  }
}
