import type { FdFacts, SocketFacts } from "../facts.ts";

/** The fields that are asked for: access, lock, fd, type, device, name, TCP state and queues (lsof(8)). */
export const LSOF_FIELDS = "pfaltdnT";

/** The open files of one process. */
export interface LsofProcess {
  readonly pid: number;
  readonly cwd?: string | undefined;
  readonly exe?: string | undefined;
  readonly fds: readonly LsofFd[];
}

/** An open file with the addresses by which the ends of pipes and unix sockets find each other. */
export interface LsofFd extends FdFacts {
  /** The kernel's address of this end. */
  readonly address?: string | undefined;
  /** The kernel's address of the other end. */
  readonly peerAddress?: string | undefined;
  /** The lock that it holds on the file. */
  readonly lock?: "read" | "write" | undefined;
}

const ACCESS: Readonly<Record<string, FdFacts["access"]>> = { r: "read", w: "write", u: "read-write" };
const KINDS: Readonly<Record<string, FdFacts["kind"]>> = {
  REG: "file",
  DIR: "directory",
  PIPE: "pipe",
  FIFO: "fifo",
  unix: "unix",
  KQUEUE: "epoll",
  systm: "socket",
  ndrv: "socket",
};

/**
 * Parses what `lsof -F` prints with `LSOF_FIELDS` on macOS: one field in a line, named by its first letter; `p` begins
 * a process, `f` a file.
 *
 * @param text its output
 * @returns the processes in its order
 */
export function parseLsof(text: string): LsofProcess[] {
  const processes: LsofProcess[] = [];
  for (const block of text.split(/^(?=p\d+$)/m)) {
    const pid = Number(/^p(\d+)$/m.exec(block)?.[1] ?? NaN);
    if (Number.isNaN(pid)) continue;
    const files = block.split(/^(?=f)/m).slice(1).map(fieldsOf);
    const nameOf = (fd: string): string | undefined => files.find((file) => file.get("f") === fd)?.get("n");
    processes.push({
      pid,
      cwd: nameOf("cwd"),
      exe: nameOf("txt"),
      fds: files.filter((file) => /^\d+$/.test(file.get("f")!)).map(toFd),
    });
  }
  return processes;
}

/** The fields of one file; `T` occurs several times, and keeps its own letter and sign: `TST=`. */
function fieldsOf(block: string): Map<string, string> {
  return new Map(
    block.split("\n").filter((line) => line !== "").map((line) => {
      const key = /^T(?:ST|QR|QS)=/.exec(line)?.[0] ?? line[0]!;
      return [key, line.slice(key.length)];
    }),
  );
}

function toFd(file: ReadonlyMap<string, string>): LsofFd {
  const type = file.get("t") ?? "";
  const name = file.get("n") ?? "";
  const kind = kindOf(type, name, file);
  return {
    fd: Number(file.get("f")),
    kind,
    // Pipes and unpaired sockets have no name but that of their other end.
    target: name.startsWith("->") ? `${kind} ${file.get("d") ?? ""}${name}` : name,
    access: ACCESS[file.get("a") ?? ""] ?? "read-write",
    socket: socketOf(kind, name, file),
    address: file.get("d"),
    peerAddress: /->(0x[\da-f]+)/.exec(name)?.[1],
    lock: lockOf(file.get("l") ?? ""),
  };
}

/** `r` and `R` are read locks on part of the file and all of it; `w`, `W`, `u` and `U` allow writing. */
function lockOf(letter: string): LsofFd["lock"] {
  return /[rR]/.test(letter) ? "read" : /[wWuU]/.test(letter) ? "write" : undefined;
}

function kindOf(type: string, name: string, file: ReadonlyMap<string, string>): FdFacts["kind"] {
  if (type === "CHR") return /^\/dev\/(tty|pts|console)/.test(name) ? "terminal" : "device";
  // Only TCP has a state.
  if (type === "IPv4" || type === "IPv6") return file.has("TST=") ? "tcp" : "udp";
  return KINDS[type] ?? "other";
}

function socketOf(
  kind: FdFacts["kind"],
  name: string,
  file: ReadonlyMap<string, string>,
): SocketFacts | undefined {
  if (kind === "unix") {
    const isPath = name.startsWith("/");
    return { state: name.startsWith("->") ? "CONNECTED" : "UNCONNECTED", local: isPath ? name : undefined };
  }
  if (kind !== "tcp" && kind !== "udp") return undefined;
  const [local, remote] = name.split("->");
  const bytes = (key: string): number | undefined => file.has(key) ? Number(file.get(key)) : undefined;
  return {
    state: file.get("TST=") ?? "",
    local,
    remote,
    sendQueue: bytes("TQS="),
    receiveQueue: bytes("TQR="),
  };
}
