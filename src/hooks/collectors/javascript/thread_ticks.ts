import type { Files } from "../../../runtime/port.ts";

/** Processor time of each thread of a process, in ticks of the clock. */
export type ThreadTicks = ReadonlyMap<number, number>;

const MAX_THREADS = 1000;
/** The busiest thread is told apart from others, such as those that collect garbage for it, by so much. */
const LEAD = 2;
const MIN_TICKS = 2;

/**
 * Reads how much processor time each thread has used (proc(5)).
 *
 * @param files the host's files
 * @param pid the process
 */
export function readThreadTicks(files: Files, pid: number): ThreadTicks {
  const tids = (files.list(`/proc/${pid}/task`) ?? []).slice(0, MAX_THREADS);
  return new Map(tids.flatMap((tid) => {
    // The name in parentheses may hold anything; after it come the state and, as 12th and 13th, the two times.
    const fields = files.readText(`/proc/${pid}/task/${tid}/stat`)?.split(") ").at(-1)?.split(" ");
    return fields === undefined ? [] : [[Number(tid), Number(fields[11]) + Number(fields[12])] as const];
  }));
}

/**
 * Finds the thread that was busy, where one stands out.
 *
 * @param before times at first; undefined when they are not known
 * @param after times later
 * @param except a thread that is not meant
 */
export function findBusyThread(
  before: ThreadTicks | undefined,
  after: ThreadTicks,
  except: number,
): number | undefined {
  if (before === undefined) return undefined;
  const used = [...after].filter(([tid]) => tid !== except)
    .map(([tid, ticks]) => ({ tid, ticks: ticks - (before.get(tid) ?? ticks) }))
    .toSorted((one, other) => other.ticks - one.ticks);
  const [first, second] = used;
  if (first === undefined || first.ticks < MIN_TICKS) return undefined;
  return first.ticks >= LEAD * (second?.ticks ?? 0) ? first.tid : undefined;
}
