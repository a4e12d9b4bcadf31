import type { Leak } from "../outcome.ts";
import type { Runtime } from "../runtime/port.ts";
import { isDead, type ProcessEntry } from "../tree/process_entry.ts";
import type { AttemptTree } from "./attempt_tree.ts";

/** Between TERM and KILL for what a process left behind: it is owed politeness, not time. */
const LEAK_GRACE_MS = 250;

/**
 * Describes processes that outlived the main process.
 *
 * @param runtime the host
 * @param tree the attempt's tree
 * @param members the processes
 * @param outputPipes names of the pipes that carry the attempt's output
 * @returns one leak each, fate "kept"
 */
export function describeLeaks(
  runtime: Runtime,
  tree: AttemptTree,
  members: readonly ProcessEntry[],
  outputPipes: readonly string[],
): Leak[] {
  return members.map((member) => ({
    pid: member.pid,
    startTime: member.startTime,
    command: tree.command(member),
    ageMs: Math.round(tree.ageMs(member)),
    holdsOutput: holdsAny(runtime, member.pid, outputPipes),
    fate: "kept",
  }));
}

function holdsAny(runtime: Runtime, pid: number, pipes: readonly string[]): boolean {
  if (pipes.length === 0) return false;
  const folder = `/proc/${pid}/fd`;
  return (runtime.files.list(folder) ?? []).some((fd) =>
    pipes.includes(runtime.files.readLink(`${folder}/${fd}`) ?? "")
  );
}

/**
 * Ends what was left behind: TERM, a moment, KILL, until nothing is left.
 *
 * @param runtime the host
 * @param tree the attempt's tree
 * @param leaks as described
 * @returns the same leaks with what became of each
 */
export async function endLeaks(runtime: Runtime, tree: AttemptTree, leaks: readonly Leak[]): Promise<Leak[]> {
  const isLive = (leak: Leak, members: readonly ProcessEntry[]): boolean =>
    members.some((member) =>
      member.pid === leak.pid && member.startTime === leak.startTime && !isDead(member)
    );
  const members = await tree.liveDescendants();
  for (const leak of leaks) {
    if (!isLive(leak, members)) continue;
    runtime.kill(leak.pid, "SIGTERM");
    runtime.kill(leak.pid, "SIGCONT");
  }
  const endMs = performance.now() + LEAK_GRACE_MS;
  while (performance.now() < endMs && (await tree.liveDescendants()).length > 0) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const survivors = await tree.killAll();
  return leaks.map((leak) => ({ ...leak, fate: isLive(leak, survivors) ? "survived" : "killed" }));
}
