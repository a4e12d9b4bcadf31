import { formatDuration } from "../../duration.ts";
import type { ControlGroupFacts, Facts } from "../facts.ts";
import type { Stand } from "./stand.ts";

/** What the machine keeps from a process. */
export interface Starvation {
  /** The rest of a sentence, without a full stop. */
  readonly words: string;
  /** What to try. */
  readonly advice: string;
}

/** Share of the time from which on the machine, and not the program, decides how quick it is. */
const HELD_BACK = 0.4;
/** Times in a second that a program waited for memory to come back from a disk. */
const FAULTS_PER_SECOND = 20;
const PRESSURE_PERCENT = 20;
const MIN_WINDOW_MS = 200;

/**
 * What the machine keeps from a process that would go on if it could: processors, memory or disks.
 *
 * @param facts what was collected
 * @param stand where the process stands
 * @returns undefined when the machine gives it what it wants
 */
export function starvation(facts: Facts, stand: Stand): Starvation | undefined {
  if (facts.windowMs < MIN_WINDOW_MS) return undefined;
  return heldBack(facts, stand) ?? queued(facts, stand) ?? shortOfMemory(facts, stand) ??
    slowDisks(facts, stand);
}

/**
 * The control group of a process, as far as it is known.
 *
 * @param facts what was collected
 * @param pid the process
 */
export function controlGroupOf({ controlGroups = [] }: Facts, pid: number): ControlGroupFacts | undefined {
  return controlGroups.find(({ pids }) => pids.includes(pid));
}

function heldBack(facts: Facts, { process, wait }: Stand): Starvation | undefined {
  const throttledMs = controlGroupOf(facts, process.pid)?.throttledMs ?? 0;
  if (wait.kind !== "busy" && wait.kind !== "moving") return undefined;
  if (throttledMs < facts.windowMs * HELD_BACK) return undefined;
  return {
    words: `its control group may use so little of the processors that it was held back for ${
      formatDuration(throttledMs)
    } of ${formatDuration(facts.windowMs)}: the limit makes it slow, not the program`,
    advice:
      "Raise the limit (cpu.max of the control group, `--cpus` of a container), or give the program more time.",
  };
}

function queued({ windowMs, load, cpus }: Facts, { thread }: Stand): Starvation | undefined {
  const { queuedMs = 0 } = thread;
  if (queuedMs < windowMs * HELD_BACK) return undefined;
  const busy = load?.[0] === undefined ? "" : ` (load ${load[0]} on ${cpus} processors)`;
  return {
    words: `the machine is starved, not the program: it was ready to run and had no processor for ${
      formatDuration(queuedMs)
    } of ${formatDuration(windowMs)}${busy}`,
    advice: "Run fewer programs beside it (fewer jobs at a time), or give it more time.",
  };
}

function shortOfMemory({ windowMs, pressure }: Facts, { process }: Stand): Starvation | undefined {
  const faults = process.majorFaults ?? 0;
  const isShort = (process.swapBytes ?? 0) > 0 || (pressure?.memory ?? 0) >= PRESSURE_PERCENT;
  if (!isShort || faults < FAULTS_PER_SECOND * windowMs / 1000) return undefined;
  return {
    words: `the machine is short of memory: it had to wait ${faults} times in ${
      formatDuration(windowMs)
    } for memory to come back from a disk`,
    advice: "Give the machine more memory, or run fewer programs beside it.",
  };
}

function slowDisks({ pressure }: Facts, { wait }: Stand): Starvation | undefined {
  const percent = pressure?.io ?? 0;
  if (wait.kind !== "disk" || percent < PRESSURE_PERCENT) return undefined;
  return {
    words: `the disks are busy: in ${Math.round(percent)}% of the last 10 s programs waited for them`,
    advice: "Find out what else uses the disks (`ps` shows it in state D), or give the program more time.",
  };
}
