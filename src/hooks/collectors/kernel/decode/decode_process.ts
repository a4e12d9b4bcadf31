import { signalsOfMask } from "../signal_mask.ts";
import { type DecodeContext, type Decoder, type Decoders, toInt } from "./decoder.ts";
import { readTimespec, timeoutText } from "./read_time.ts";

const WNOHANG = 1;
const P_PID = 1;
const P_PGID = 2;
const P_PIDFD = 3;

const wait4: Decoder = (args, context) => {
  const pid = toInt(args[0]);
  const text = `${pid}, …`;
  if ((toInt(args[2]) & WNOHANG) !== 0) return { text };
  if (pid > 0) return { text, wait: { kind: "child", pid: context.idHere(pid) } };
  if (pid === -1) return { text, wait: { kind: "child" } };
  return { text, wait: { kind: "child", pgid: pid === 0 ? context.pgid : context.idHere(-pid) } };
};

const waitid: Decoder = (args, context) => {
  const type = toInt(args[0]);
  const id = toInt(args[1]);
  const isBlocking = (toInt(args[3]) & WNOHANG) === 0;
  const blocking = <T>(wait: T): T | undefined => isBlocking ? wait : undefined;
  if (type === P_PID) {
    return { text: `P_PID, ${id}, …`, wait: blocking({ kind: "child", pid: context.idHere(id) }) };
  }
  if (type === P_PGID) {
    return {
      text: `P_PGID, ${id}, …`,
      wait: blocking({ kind: "child", pgid: id === 0 ? context.pgid : context.idHere(id) }),
    };
  }
  if (type !== P_PIDFD) return { text: "P_ALL, …", wait: blocking({ kind: "child" }) };
  const pid = context.fds.get(id)?.info.pid;
  return { text: `P_PIDFD, ${context.describeFd(id)}, …`, wait: blocking({ kind: "child", pid }) };
};

/** The signals that would end a wait in which `blocked` are held back: those with a handler. */
function awaited(context: DecodeContext, blocked: readonly string[]): string[] {
  return context.caughtSignals.filter((name) => !blocked.includes(name));
}

function readSignalSet(context: DecodeContext, address: bigint): string[] | undefined {
  const mask = context.memory.read(address, 8)?.getBigUint64(0, true);
  return mask === undefined ? undefined : signalsOfMask(mask);
}

const rtSigsuspend: Decoder = (args, context) => {
  const blocked = readSignalSet(context, args[0]!);
  if (blocked === undefined) return { text: "…", wait: { kind: "signal", signals: [] } };
  return { text: `[${blocked.join(" ")}]`, wait: { kind: "signal", signals: awaited(context, blocked) } };
};

const rtSigtimedwait: Decoder = (args, context) => {
  const signals = readSignalSet(context, args[0]!) ?? [];
  const timeoutMs = readTimespec(context.memory, args[2]!);
  const text = `[${signals.join(" ")}], ${timeoutText(timeoutMs)}`;
  return { text, wait: { kind: "signal", signals, timeoutMs } };
};

/** Calls that wait for children and signals. */
export const PROCESS_DECODERS: Decoders = {
  wait4,
  waitid,
  pause: (_args, context) => ({
    text: "",
    wait: { kind: "signal", signals: awaited(context, context.blockedSignals) },
  }),
  rt_sigsuspend: rtSigsuspend,
  rt_sigtimedwait: rtSigtimedwait,
};
