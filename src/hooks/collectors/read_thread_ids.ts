import type { Files } from "../../runtime/port.ts";
import { parseStatus } from "./kernel/parse_status.ts";

/**
 * The numbers of threads by those that they know themselves by, which differ in a container (pid_namespaces(7)).
 *
 * @param files the host's files
 * @param tids threads of one pid namespace
 * @returns the numbers here; both are the same where there is no other namespace
 */
export function readThreadIds(files: Files, tids: readonly number[]): ReadonlyMap<number, number> {
  // Threads can be looked up like processes.
  const ownId = (tid: number): number | undefined =>
    parseStatus(files.readText(`/proc/${tid}/status`) ?? "").ownId;
  const isInside = tids[0] !== undefined && ownId(tids[0]) !== undefined;
  return new Map(tids.map((tid) => [isInside ? ownId(tid) ?? tid : tid, tid]));
}
