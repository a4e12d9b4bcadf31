import type { Files } from "../runtime/port.ts";

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
   * Whether a kill has been counted that nobody has been told of yet. Ask once for each process that was killed: each
   * answer takes one kill.
   */
  takeKill(): boolean {
    if (this.#count() <= this.#kills) return false;
    this.#kills++;
    return true;
  }

  #count(): number {
    return Number(/^oom_kill (\d+)$/m.exec(this.#files.readText(this.#path) ?? "")?.[1] ?? 0);
  }
}
