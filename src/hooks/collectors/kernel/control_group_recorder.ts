import type { Files } from "../../../runtime/port.ts";
import { groupBy } from "../../../std/group_by.ts";
import type { ControlGroupFacts } from "../../facts.ts";
import { type ControlGroupState, readControlGroup } from "./control_group_state.ts";
import { parseControlGroupMounts, parseControlGroupPaths } from "./parse_control_groups.ts";

/** Follows the control groups of a tree over several snapshots. */
export interface ControlGroupRecorder {
  /** Reads the groups of these processes; of each group once. */
  takeSnapshot(pids: readonly number[]): void;
  /** What was seen, counts as they grew from the first to the last snapshot. */
  facts(): ControlGroupFacts[];
}

interface GroupRecord {
  readonly first: ControlGroupState;
  readonly last: ControlGroupState;
  readonly pids: readonly number[];
}

/** A tree in more groups than these is explained by the first. */
const MAX_GROUPS = 16;

/**
 * Starts following control groups. Nothing is read before the first snapshot, and nothing is kept open.
 *
 * @param files the host's files
 */
export function createControlGroupRecorder(files: Files): ControlGroupRecorder {
  const records = new Map<string, GroupRecord>();
  return {
    takeSnapshot(pids) {
      const mounts = parseControlGroupMounts(files.readText("/proc/self/mountinfo") ?? "");
      if (mounts.length === 0) return;
      const byText = groupBy(pids, (pid) => files.readText(`/proc/${pid}/cgroup`) ?? "");
      for (const [text, members] of byText) {
        const known = records.get(text);
        if (text === "" || (known === undefined && records.size >= MAX_GROUPS)) continue;
        const state = readControlGroup(files, mounts, parseControlGroupPaths(text));
        records.set(text, { first: known?.first ?? state, last: state, pids: members });
      }
    },
    facts: () =>
      [...records.values()].map(({ first, last, pids }) => ({
        path: last.path,
        pids,
        isFrozen: last.isFrozen,
        throttledMs: growth(first.throttledMs, last.throttledMs),
        oomKills: growth(first.oomKills, last.oomKills),
      })),
  };
}

function growth(first: number | undefined, last: number | undefined): number | undefined {
  return first === undefined || last === undefined ? undefined : Math.round(last - first);
}
