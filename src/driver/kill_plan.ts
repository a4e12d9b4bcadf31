import type { ProcessEntry } from "../tree/process_entry.ts";

/** One step of ending a tree. */
export type KillStep =
  /** Send a signal to a process (positive) or a process group (negative). */
  | { readonly kind: "signal"; readonly target: number; readonly signal: string }
  /** Run a program of the system. */
  | { readonly kind: "run"; readonly program: string; readonly args: readonly string[] };

/** What a kill plan is made from. */
export interface KillFacts {
  /** The live members of the tree. */
  readonly members: readonly ProcessEntry[];
  /** Every process of the machine, to see which groups belong to the tree alone. */
  readonly all: readonly ProcessEntry[];
  /** prekill's own process group, never signalled as a whole. */
  readonly ownGroup: number;
}

/**
 * The plan for Unix: one signal to every process group that consists of members alone (the kernel delivers it to all of
 * them at once, so that a group that forks cannot outrun it), single signals to the other members.
 *
 * @param facts the tree as just listed
 * @param signal the signal's name
 * @returns steps in order, groups first
 */
export function planUnixKill(facts: KillFacts, signal: string): KillStep[] {
  const memberPids = new Set(facts.members.map((member) => member.pid));
  const mixedGroups = new Set([facts.ownGroup, 0, 1]);
  for (const entry of facts.all) if (!memberPids.has(entry.pid)) mixedGroups.add(entry.pgid);
  const groups = new Set<number>();
  const singles: number[] = [];
  for (const member of facts.members) {
    if (mixedGroups.has(member.pgid)) singles.push(member.pid);
    else groups.add(member.pgid);
  }
  return [...[...groups].map((group) => -group), ...singles].map((target) => ({
    kind: "signal",
    target,
    signal,
  }));
}

/**
 * The plan for Windows, which has neither signals nor groups: `taskkill` ends a process with its children, softly by
 * WM_CLOSE, hard with /F.
 *
 * @param facts the tree as just listed
 * @param hard whether to end without asking
 * @returns one step for each member whose parent is not a member
 */
export function planWindowsKill(facts: KillFacts, hard: boolean): KillStep[] {
  const memberPids = new Set(facts.members.map((member) => member.pid));
  return facts.members.filter((member) => !memberPids.has(member.ppid)).map((member) => ({
    kind: "run",
    program: "taskkill",
    args: ["/PID", String(member.pid), "/T", ...(hard ? ["/F"] : [])],
  }));
}

/** How a tree is ended in which some print where they are first. */
export interface DumpPlan {
  /** SIGQUIT to those that print, TERM to those above them, which might go on with the next command else. */
  readonly first: readonly KillStep[];
  /** Those that may be taking what is printed, such as `tee`: TERM for them comes later. */
  readonly waiting: readonly ProcessEntry[];
}

/**
 * The plan for a tree with programs that print where they are when they get SIGQUIT, and end.
 *
 * @param targets who is to be ended
 * @param dumpers the pids of those that print
 * @returns whom to signal at once, and who waits until these have ended
 */
export function planDump(targets: readonly ProcessEntry[], dumpers: ReadonlySet<number>): DumpPlan {
  const parents = new Map(targets.map(({ pid, ppid }) => [pid, ppid]));
  const above = new Set<number>();
  for (const dumper of dumpers) {
    let pid = parents.get(dumper);
    while (pid !== undefined && !above.has(pid)) {
      above.add(pid);
      pid = parents.get(pid);
    }
  }
  const printing = targets.filter(({ pid }) => dumpers.has(pid));
  const rest = targets.filter(({ pid }) => !dumpers.has(pid));
  const step = (signal: string) => ({ pid }: ProcessEntry): KillStep => ({
    kind: "signal",
    target: pid,
    signal,
  });
  return {
    first: [
      ...printing.map(step("SIGQUIT")),
      ...rest.filter(({ pid }) => above.has(pid)).map(step("SIGTERM")),
    ],
    waiting: rest.filter(({ pid }) => !above.has(pid)),
  };
}
