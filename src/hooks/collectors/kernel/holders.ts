import type { Runtime } from "../../../runtime/port.ts";
import type { FdEnd } from "../../facts.ts";
import { type FdInfo, parseFdinfo } from "./parse_fdinfo.ts";
import type { ProcessSnapshot } from "./read_process.ts";
import type { HolderScan } from "./scan_holders.ts";

/** Adopts processes whose parents have ended. */
const INIT_PID = 1;

/** One process that holds a file open, and how. */
export interface FileHolder extends FdEnd {
  readonly info: FdInfo;
}

/** Who holds a file open. */
export interface Holders {
  /** By the target of the link in `/proc/PID/fd`. */
  of(link: string): readonly FileHolder[];
  /**
   * Whether all processes could be looked at that may hold a file.
   *
   * @param found its holders, of both directions
   * @param hasName whether any process can open it by its name
   */
  isCertain(found: readonly FileHolder[], hasName: boolean): boolean;
}

/**
 * Puts what the latest snapshot shows of the tree together with the scan of all processes.
 *
 * @param host reads the access mode of files outside the tree, when they are asked for
 * @param tree the live processes of the tree
 * @param scan of all processes; undefined when only the tree was looked at
 * @param rootStartTime when the tree began
 * @returns a lookup
 */
export function createHolders(
  { files, pid: ownPid }: Pick<Runtime, "files" | "pid">,
  tree: readonly ProcessSnapshot[],
  scan: HolderScan | undefined,
  rootStartTime: number,
): Holders {
  const treePids = new Set(tree.map(({ stat }) => stat.pid));
  const byLink = new Map<string, { pid: number; fd: number }[]>();
  for (const { stat, links } of tree) {
    for (const [fd, link] of links) {
      const list = byLink.get(link);
      if (list === undefined) byLink.set(link, [{ pid: stat.pid, fd }]);
      else list.push({ pid: stat.pid, fd });
    }
  }
  const known = new Map<string, readonly FileHolder[]>();
  const find = (link: string): FileHolder[] => {
    const others = scan?.byLink.get(link)?.filter(({ pid }) => !treePids.has(pid)) ?? [];
    return [...byLink.get(link) ?? [], ...others].flatMap(({ pid, fd }) => {
      const text = files.readText(`/proc/${pid}/fdinfo/${fd}`);
      if (text === undefined) return [];
      const info = parseFdinfo(text);
      return [{ pid, fd, access: info.access, info }];
    });
  };
  // One that cannot be looked at may hold what the tree has made if it belongs to the tree, or may have left it.
  const isBlind =
    scan?.unreadable.some(({ startTime, pid, ppid }) =>
      treePids.has(pid) || (startTime >= rootStartTime && ppid === INIT_PID)
    ) ?? true;
  return {
    of(link) {
      let holders = known.get(link);
      if (holders === undefined) {
        holders = find(link);
        known.set(link, holders);
      }
      return holders;
    },
    isCertain(found, hasName) {
      if (scan === undefined || !scan.isComplete || isBlind) return false;
      if (scan.unreadable.length === 0) return true;
      // The others do not hold what the tree, or prekill for it, has made and kept to itself.
      return !hasName && found.length > 0 && found.every(({ pid }) => treePids.has(pid) || pid === ownPid);
    },
  };
}
