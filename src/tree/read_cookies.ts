import type { Files } from "../runtime/port.ts";

/**
 * The attempts that a process belongs to by its environment: `PREKILL_ID` is its own, `PREKILL_OUTER_IDS` those around it.
 *
 * @param files the host's files
 * @param pid the process
 * @param root where the proc file system is
 * @returns cookies; empty where the environment cannot be read or has none
 */
export function readCookies(files: Files, pid: number, root = "/proc"): string[] {
  const environment = files.readText(`${root}/${pid}/environ`) ?? "";
  if (!environment.includes("PREKILL_")) return [];
  return environment.split("\0").flatMap((entry) =>
    /^PREKILL_(?:ID|OUTER_IDS)=(.*)$/s.exec(entry)?.[1]?.split(",") ?? []
  );
}
