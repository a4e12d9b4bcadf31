import type { Wait } from "../../../facts.ts";
import type { FdTable, OpenFile } from "../fd_table.ts";
import { pollEvents } from "../poll_events.ts";
import { type DecodeContext, type DecodedCall, type Decoder, type Decoders, toInt } from "./decoder.ts";
import { readTimespec, readTimeval, timeoutText } from "./read_time.ts";

type PolledFd = Extract<Wait, { kind: "poll" }>["fds"][number];

const POLLFD_BYTES = 8;
const MAX_POLLED = 4096;
const MAX_SELECT_FDS = 65_536;
const MAX_SHOWN = 8;
const MAX_EPOLL_DEPTH = 5;

function pollResult(
  context: DecodeContext,
  fds: readonly PolledFd[],
  timeoutMs: number | undefined,
): DecodedCall {
  const text = `${listText(context, fds)}, ${timeoutText(timeoutMs)}`;
  // Without files only the time can end the call, and without both only a signal.
  if (fds.length === 0) {
    return {
      text,
      wait: timeoutMs === undefined
        ? { kind: "signal", signals: [] }
        : { kind: "sleep", durationMs: timeoutMs },
    };
  }
  return { text, wait: { kind: "poll", fds, timeoutMs, epoll: false } };
}

function listText(context: DecodeContext, fds: readonly PolledFd[]): string {
  const shown = fds.slice(0, MAX_SHOWN).map(({ fd, events }) =>
    `${context.describeFd(fd)} ${events.join("+")}`
  );
  if (fds.length > MAX_SHOWN) shown.push(`${fds.length - MAX_SHOWN} more`);
  return `[${shown.join(", ")}]`;
}

/** Undefined for a negative timeout, which is none. */
function timeoutOf(register: bigint | undefined): number | undefined {
  const ms = toInt(register);
  return ms < 0 ? undefined : ms;
}

function readPollFds(context: DecodeContext, args: readonly bigint[]): PolledFd[] | undefined {
  const count = Math.min(Number(args[1]), MAX_POLLED);
  if (count === 0) return [];
  const view = context.memory.read(args[0]!, count * POLLFD_BYTES);
  if (view === undefined) return undefined;
  return Array.from({ length: count }, (_, index) => ({
    fd: view.getInt32(index * POLLFD_BYTES, true),
    events: pollEvents(view.getUint16(index * POLLFD_BYTES + 4, true)),
  })).filter(({ fd, events }) => fd >= 0 && events.length > 0);
}

const pollCall =
  (timeout: (args: readonly bigint[], context: DecodeContext) => number | undefined): Decoder =>
  (args, context) => {
    const fds = readPollFds(context, args);
    return fds === undefined ? { text: `…, ${args[1]}` } : pollResult(context, fds, timeout(args, context));
  };

function readFdSet(context: DecodeContext, address: bigint, count: number): number[] | undefined {
  if (address === 0n || count === 0) return [];
  const view = context.memory.read(address, Math.ceil(count / 64) * 8);
  if (view === undefined) return undefined;
  const fds: number[] = [];
  for (let fd = 0; fd < count; fd++) {
    if ((view.getUint8(fd >> 3) & (1 << (fd & 7))) !== 0) fds.push(fd);
  }
  return fds;
}

const selectCall =
  (timeout: (args: readonly bigint[], context: DecodeContext) => number | undefined): Decoder =>
  (args, context) => {
    const count = Math.min(Math.max(0, toInt(args[0])), MAX_SELECT_FDS);
    const [read, write, except] = [1, 2, 3].map((index) => readFdSet(context, args[index]!, count));
    if (read === undefined || write === undefined || except === undefined) return { text: `${count}, …` };
    const events = new Map<number, ("read" | "write")[]>();
    for (const fd of [...read, ...except]) events.set(fd, ["read"]);
    for (const fd of write) events.set(fd, [...(events.get(fd) ?? []), "write"]);
    const fds = [...events].map(([fd, kinds]) => ({ fd, events: kinds })).sort((a, b) => a.fd - b.fd);
    return pollResult(context, fds, timeout(args, context));
  };

/** Without what cannot happen: event loops ask for all events of a pipe, though an end of it has one direction. */
function possibleEvents(file: OpenFile, events: PolledFd["events"]): PolledFd["events"] {
  const { access } = file.info;
  const isOneWay = (file.kind === "pipe" || file.kind === "fifo") && access !== "read-write";
  return isOneWay ? events.filter((event) => event === access) : events;
}

/** The files that an epoll instance watches, those of nested instances included. */
function epollFds(fds: FdTable, epollFd: number, depth: number, into: Map<number, PolledFd>): void {
  for (const target of fds.get(epollFd)?.info.epoll ?? []) {
    const file = fds.get(target.fd);
    // The number may have been closed and given to another file since; the registration then cannot be named.
    const isReused = file?.inode !== undefined && target.inode !== undefined && file.inode !== target.inode;
    if (file === undefined || isReused) continue;
    const possible = possibleEvents(file, target.events);
    if (possible.length === 0) continue;
    if (file.kind !== "epoll") {
      const before = into.get(target.fd);
      const events = [...new Set([...(before?.events ?? []), ...possible])];
      const isEdge = target.isEdge === true && (before === undefined || before.isEdge === true);
      into.set(target.fd, { fd: target.fd, events, ...isEdge ? { isEdge } : {} });
    } else if (depth < MAX_EPOLL_DEPTH) epollFds(fds, target.fd, depth + 1, into);
  }
}

const epollCall =
  (timeout: (args: readonly bigint[], context: DecodeContext) => number | undefined): Decoder =>
  (args, context) => {
    const epollFd = toInt(args[0]);
    const found = new Map<number, PolledFd>();
    epollFds(context.fds, epollFd, 1, found);
    const fds = [...found.values()].sort((a, b) => a.fd - b.fd);
    const timeoutMs = timeout(args, context);
    return {
      text: `${context.describeFd(epollFd)} ${listText(context, fds)}, ${timeoutText(timeoutMs)}`,
      wait: { kind: "poll", fds, timeoutMs, epoll: true },
    };
  };

/** Calls that wait for any of several files. */
export const POLL_DECODERS: Decoders = {
  poll: pollCall((args) => timeoutOf(args[2])),
  ppoll: pollCall((args, { memory }) => readTimespec(memory, args[2]!)),
  select: selectCall((args, { memory }) => readTimeval(memory, args[4]!)),
  pselect6: selectCall((args, { memory }) => readTimespec(memory, args[4]!)),
  epoll_wait: epollCall((args) => timeoutOf(args[3])),
  epoll_pwait: epollCall((args) => timeoutOf(args[3])),
  epoll_pwait2: epollCall((args, { memory }) => readTimespec(memory, args[3]!)),
};
