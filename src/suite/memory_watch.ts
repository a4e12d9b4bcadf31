import type { Outcome } from "../outcome.ts";
import type { Files } from "../runtime/port.ts";

/** A shell that waited for a killed process exits with this. */
export const CODE_OF_KILL = 137;
const MACHINE_PATH = "/proc/vmstat";

/** Notices processes that the kernel has killed because memory ran out, by its counters: Linux tells nobody else. */
export class MemoryWatch {
  readonly #files: Files;
  readonly #path: string;
  #kills: number;

  /**
   * Reads the counter for the first time: that of the control group that prekill is in, else the machine's.
   *
   * @param files the host's files
   */
  constructor(files: Files) {
    this.#files = files;
    const group = /^0::(\/.*)$/m.exec(files.readText("/proc/self/cgroup") ?? "")?.[1] ?? "";
    const path = `/sys/fs/cgroup${group === "/" ? "" : group}/memory.events`;
    this.#path = files.readText(path) === undefined ? MACHINE_PATH : path;
    this.#kills = this.#count();
  }

  /**
   * Whether the kernel ended an attempt: it, or one of its own, was killed, and a kill has been counted that explains no
   * other. Ask once for each attempt.
   *
   * @param outcome how it ended
   */
  explains(outcome: Outcome): boolean {
    const isKilled = outcome.kind === "signalled"
      ? outcome.signal === "SIGKILL"
      : outcome.kind === "exited" && outcome.code === CODE_OF_KILL;
    if (!isKilled || this.#count() <= this.#kills) return false;
    this.#kills++;
    return true;
  }

  #count(): number {
    return Number(/^oom_kill (\d+)$/m.exec(this.#files.readText(this.#path) ?? "")?.[1] ?? 0);
  }
}
