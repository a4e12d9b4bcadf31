import type { Wait } from "../../../facts.ts";
import { type DecodeContext, type DecodedCall, type Decoder, type Decoders, toInt } from "./decoder.ts";

type OpenMode = Extract<Wait, { kind: "open" }>["mode"];

const AT_FDCWD = -100;
const O_NONBLOCK = 0o4000;
const O_WRONLY = 1;
const MODES: readonly OpenMode[] = ["read", "write", "read-write", "read-write"];
const MODE_NAMES: Readonly<Record<OpenMode, string>> = {
  "read": "O_RDONLY",
  "write": "O_WRONLY",
  "read-write": "O_RDWR",
};
const LOCK_NON_BLOCKING = 4;
const FLOCK_NAMES: Readonly<Record<number, string>> = { 1: "LOCK_SH", 2: "LOCK_EX", 8: "LOCK_UN" };
const F_SETLKW = 7;
const F_OFD_SETLKW = 38;
const LOCK_TYPES = ["F_RDLCK", "F_WRLCK", "F_UNLCK"] as const;
const FLOCK_BYTES = 24;

function openResult(
  context: DecodeContext,
  directoryFd: number,
  pathAddress: bigint,
  flags: number,
): DecodedCall {
  const given = context.memory.readString(pathAddress);
  const mode = MODES[flags & 3]!;
  if (given === undefined) return { text: `…, ${MODE_NAMES[mode]}` };
  const path = context.resolvePath(directoryFd, given);
  const isFifo = context.isFifo(path);
  const text = `${JSON.stringify(path)}${isFifo === true ? "<fifo>" : ""}, ${MODE_NAMES[mode]}`;
  // Opening anything else waits for a disk at most, unless it is something that could not be looked at.
  const canWait = isFifo !== false && (flags & O_NONBLOCK) === 0;
  return { text, wait: canWait ? { kind: "open", path, mode } : undefined };
}

const flock: Decoder = (args, context) => {
  const fd = toInt(args[0]);
  const operation = toInt(args[1]);
  const isBlocking = (operation & LOCK_NON_BLOCKING) === 0;
  const name = FLOCK_NAMES[operation & ~LOCK_NON_BLOCKING] ?? String(operation);
  return {
    text: `${context.describeFd(fd)}, ${name}`,
    wait: isBlocking ? { kind: "file-lock", fd, type: "flock" } : undefined,
  };
};

const fcntl: Decoder = (args, context) => {
  const fd = toInt(args[0]);
  const command = toInt(args[1]);
  if (command !== F_SETLKW && command !== F_OFD_SETLKW) {
    return { text: `${context.describeFd(fd)}, ${command}` };
  }
  const isOfd = command === F_OFD_SETLKW;
  const view = context.memory.read(args[2]!, FLOCK_BYTES);
  const lock = view === undefined ? "…" : lockText(view);
  return {
    text: `${context.describeFd(fd)}, ${isOfd ? "F_OFD_SETLKW" : "F_SETLKW"}, ${lock}`,
    wait: { kind: "file-lock", fd, type: isOfd ? "ofd" : "posix" },
  };
};

/** `struct flock`: type and origin as short, start and length as 64-bit numbers. */
function lockText(view: DataView): string {
  const type = LOCK_TYPES[view.getInt16(0, true)] ?? "F_?";
  const start = view.getBigInt64(8, true);
  const length = view.getBigInt64(16, true);
  return start === 0n && length === 0n
    ? type
    : `${type} from ${start}, ${length === 0n ? "to the end" : `${length} bytes`}`;
}

/** Calls that open and lock files. */
export const FILE_DECODERS: Decoders = {
  open: (args, context) => openResult(context, AT_FDCWD, args[0]!, toInt(args[1])),
  creat: (args, context) => openResult(context, AT_FDCWD, args[0]!, O_WRONLY),
  openat: (args, context) => openResult(context, toInt(args[0]), args[1]!, toInt(args[2])),
  openat2: (args, context) => {
    const flags = context.memory.read(args[2]!, 8)?.getUint32(0, true) ?? 0;
    return openResult(context, toInt(args[0]), args[1]!, flags);
  },
  flock,
  fcntl,
};
