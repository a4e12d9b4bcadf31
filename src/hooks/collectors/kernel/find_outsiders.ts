import type { Runtime } from "../../../runtime/port.ts";
import { createLinuxLister } from "../../../tree/linux_lister.ts";
import type { OutsiderFacts, ProcessFacts } from "../../facts.ts";

/**
 * Names the processes outside the tree that its open files and locks lead to, and those that keep what has ended in it.
 *
 * @param runtime the host
 * @param processes the tree
 * @returns each once, by pid; nothing is known of pid 0, which stands for one that cannot be looked into
 */
export function findOutsiders(runtime: Runtime, processes: readonly ProcessFacts[]): OutsiderFacts[] {
  const lister = createLinuxLister(runtime.files);
  const pids = new Set(
    processes.flatMap(({ fds, locks }) => [
      ...fds.flatMap(({ ends }) => ends ?? []),
      ...locks.flatMap(({ holders }) => holders ?? []),
    ]).map(({ pid }) => pid),
  );
  for (const { states, ppid } of processes) if (states.endsWith("Z")) pids.add(ppid);
  for (const { pid } of processes) pids.delete(pid);
  return [...pids].sort((a, b) => a - b).map((pid) => ({
    pid,
    name: lister.read(pid)?.name ?? "",
    // However it was started, people know it by this name.
    command: pid === runtime.pid ? ["prekill"] : lister.command(pid),
  }));
}
