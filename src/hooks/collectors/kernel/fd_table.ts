import type { Files, FileStat } from "../../../runtime/port.ts";
import type { FdFacts } from "../../facts.ts";
import { fdKind, inodeOfLink, kindOfLink } from "./fd_kind.ts";
import { type FdInfo, parseFdinfo } from "./parse_fdinfo.ts";

/** One open file as it was when it was read. */
export interface OpenFile {
  readonly fd: number;
  readonly link: string;
  readonly kind: FdFacts["kind"];
  /** Of pipes and sockets. */
  readonly inode?: number | undefined;
  readonly info: FdInfo;
}

/** The open files of one process at one moment; each is read when it is first asked for. */
export interface FdTable {
  /** Undefined when they may not be read. */
  readonly fds: readonly number[] | undefined;
  get(fd: number): OpenFile | undefined;
  /** Only where it leads, which is cheaper. */
  link(fd: number): string | undefined;
}

/**
 * Opens the table of a process.
 *
 * @param files the host's files
 * @param directory `/proc/PID` or `/proc/PID/task/TID`
 * @param isRemoteMount whether a mount must not be touched, because its server may be gone
 * @returns a table that keeps nothing open
 */
export function createFdTable(
  files: Files,
  directory: string,
  isRemoteMount: (mountId: number) => boolean,
): FdTable {
  const names = files.list(`${directory}/fd`);
  const links = new Map<number, string | undefined>();
  const opened = new Map<number, OpenFile | undefined>();
  const link = (fd: number): string | undefined => {
    if (!links.has(fd)) links.set(fd, files.readLink(`${directory}/fd/${fd}`));
    return links.get(fd);
  };
  const statKind = (fd: number, target: string, info: FdInfo): FileStat["kind"] | undefined => {
    if (kindOfLink(target) !== undefined || isRemoteMount(info.mountId ?? -1)) return undefined;
    return files.stat(`${directory}/fd/${fd}`)?.kind;
  };
  const read = (fd: number): OpenFile | undefined => {
    const target = link(fd);
    if (target === undefined) return undefined;
    const info = parseFdinfo(files.readText(`${directory}/fdinfo/${fd}`) ?? "");
    return {
      fd,
      link: target,
      kind: fdKind(target, statKind(fd, target, info)),
      inode: inodeOfLink(target),
      info,
    };
  };
  return {
    fds: names?.map(Number).sort((a, b) => a - b),
    link,
    get(fd) {
      if (!opened.has(fd)) opened.set(fd, read(fd));
      return opened.get(fd);
    },
  };
}
