import { formatDuration } from "../../duration.ts";
import { visibleText } from "../../visible_text.ts";
import type { Facts } from "../facts.ts";

/** Average of runnable tasks per processor above which everything is slow. */
const BUSY_LOAD_PER_CPU = 2;
/** Share of time in which some task waited for memory or a disk. */
const PRESSURE_PERCENT = 20;
/** The clocks that are compared differ by less. */
const SUSPENDED_MS = 1000;
const THROTTLED_SHARE = 0.2;
const CPU_PRESSURE_PERCENT = 50;

/**
 * What about the machine could make any program slow: a starved machine is not a hung test.
 *
 * @param facts what was collected
 * @returns sentences; none on a machine at ease
 */
export function machineEvidence(facts: Facts): string[] {
  const found: string[] = [];
  const load = facts.load?.[0];
  if (load !== undefined && facts.cpus > 0 && load / facts.cpus >= BUSY_LOAD_PER_CPU) {
    found.push(`The machine is busy: a load of ${load} on ${facts.cpus} processors`);
  }
  const { cpu = 0, memory = 0, io = 0 } = facts.pressure ?? {};
  if (cpu >= CPU_PRESSURE_PERCENT) {
    found.push(`Programs had to wait for a processor in ${Math.round(cpu)}% of the last 10 s`);
  }
  if (memory >= PRESSURE_PERCENT) {
    found.push(`Programs had to wait for memory in ${Math.round(memory)}% of the last 10 s`);
  }
  if (io >= PRESSURE_PERCENT) {
    found.push(`Programs had to wait for disks in ${Math.round(io)}% of the last 10 s`);
  }
  found.push(...controlGroupEvidence(facts));
  const { suspendedMs = 0 } = facts;
  if (suspendedMs >= SUSPENDED_MS) {
    found.push(`The machine itself was asleep for ${formatDuration(suspendedMs)} while it was watched`);
  }
  const swapped = facts.processes.filter((process) => (process.swapBytes ?? 0) > process.rssBytes);
  if (swapped.length > 0) {
    found.push(
      `Most of the memory of ${
        swapped.map((process) => `pid ${process.pid}`).slice(0, 3).join(", ")
      } is swapped out`,
    );
  }
  return found;
}

function* controlGroupEvidence({ controlGroups = [], windowMs }: Facts): Generator<string> {
  for (const { path, throttledMs = 0, oomKills = 0, isFrozen, pids } of controlGroups) {
    const name = `control group ${visibleText(path)} (pid ${pids.slice(0, 3).join(", ")}${
      pids.length > 3 ? ", …" : ""
    })`;
    if (isFrozen) yield `The ${name} is frozen: nothing in it runs`;
    if (oomKills > 0) {
      yield `In the ${name} ${
        oomKills === 1 ? "a process was" : `${oomKills} processes were`
      } killed for lack of memory while it was watched`;
    }
    if (throttledMs > 0 && throttledMs >= windowMs * THROTTLED_SHARE) {
      yield `The ${name} was held back for ${formatDuration(throttledMs)} of ${
        formatDuration(windowMs)
      } by its limit on processor time`;
    }
  }
}
