import type { Wait } from "../../../facts.ts";
import { type DecodeContext, type DecodedCall, type Decoder, type Decoders, toInt } from "./decoder.ts";
import { readTimespec } from "./read_time.ts";

const bufferCall = (kind: "read" | "write"): Decoder => (args, context) => {
  const fd = toInt(args[0]);
  return { text: `${context.describeFd(fd)}, …, ${args[2]}`, wait: { kind, fd } };
};

const messageCall = (kind: "read" | "write"): Decoder => (args, context) => {
  const fd = toInt(args[0]);
  return { text: `${context.describeFd(fd)}, …`, wait: { kind, fd } };
};

const receiveMany: Decoder = (args, context) => {
  const fd = toInt(args[0]);
  const timeoutMs = readTimespec(context.memory, args[4]!);
  return { text: `${context.describeFd(fd)}, …, ${toInt(args[2])}`, wait: { kind: "read", fd, timeoutMs } };
};

/** Of the two ends of a copy, the one that can make it wait; undefined when both can. */
function copyWait(context: DecodeContext, from: number, to: number): Wait | undefined {
  const canWait = (fd: number): boolean =>
    ["pipe", "fifo", "socket", "terminal"].includes(context.fds.get(fd)?.kind ?? "");
  if (canWait(from) === canWait(to)) return undefined;
  return canWait(from) ? { kind: "read", fd: from } : { kind: "write", fd: to };
}

const copyCall = (from: number, to: number): Decoder => (args, context): DecodedCall => {
  const fromFd = toInt(args[from]);
  const toFd = toInt(args[to]);
  const shown = [toInt(args[Math.min(from, to)]), toInt(args[Math.max(from, to)])].map(context.describeFd);
  return { text: `${shown.join(", ")}, …`, wait: copyWait(context, fromFd, toFd) };
};

/** Calls that read, write and copy. */
export const IO_DECODERS: Decoders = {
  read: bufferCall("read"),
  readv: bufferCall("read"),
  pread64: bufferCall("read"),
  preadv: bufferCall("read"),
  preadv2: bufferCall("read"),
  recvfrom: bufferCall("read"),
  recvmsg: messageCall("read"),
  recvmmsg: receiveMany,
  write: bufferCall("write"),
  writev: bufferCall("write"),
  pwrite64: bufferCall("write"),
  pwritev: bufferCall("write"),
  pwritev2: bufferCall("write"),
  sendto: bufferCall("write"),
  sendmsg: messageCall("write"),
  sendmmsg: messageCall("write"),
  vmsplice: messageCall("write"),
  sendfile: copyCall(1, 0),
  splice: copyCall(0, 2),
  tee: copyCall(0, 1),
  copy_file_range: copyCall(0, 2),
};
