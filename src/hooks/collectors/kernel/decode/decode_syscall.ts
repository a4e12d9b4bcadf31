import type { SyscallFacts } from "../../../facts.ts";
import { syscallName } from "../syscall_names.ts";
import { FILE_DECODERS } from "./decode_files.ts";
import { FUTEX_DECODERS } from "./decode_futex.ts";
import { IO_DECODERS } from "./decode_io.ts";
import { IPC_DECODERS } from "./decode_ipc.ts";
import { NET_DECODERS } from "./decode_net.ts";
import { POLL_DECODERS } from "./decode_poll.ts";
import { PROCESS_DECODERS } from "./decode_process.ts";
import { SLEEP_DECODERS } from "./decode_sleep.ts";
import { type DecodeContext, type Decoders, toInt } from "./decoder.ts";

const DECODERS: Decoders = {
  ...IO_DECODERS,
  ...POLL_DECODERS,
  ...FUTEX_DECODERS,
  ...FILE_DECODERS,
  ...PROCESS_DECODERS,
  ...NET_DECODERS,
  ...SLEEP_DECODERS,
  ...IPC_DECODERS,
};
/** Calls without a decoder of their own whose first argument is an open file. */
const ON_FD = new Set((
  "ioctl fsync fdatasync sync_file_range syncfs ftruncate fallocate fstat fstatfs getdents64 getdents lseek close " +
  "shutdown io_uring_enter fchmod fchown epoll_ctl inotify_add_watch readahead getsockopt setsockopt listen bind"
).split(" "));

/** The thread is in a call that was interrupted (by a debugger, or stopped and continued) and whose arguments are lost. */
export const RESTART_SYSCALL = "restart_syscall";

/**
 * Decodes the system call that a thread is in.
 *
 * @param arch as `Runtime.arch` names it
 * @param number of the call
 * @param args its six registers
 * @param context what may be looked at
 * @returns the call; without a wait where it cannot wait, or what it waits for cannot be told
 */
export function decodeSyscall(
  arch: string,
  number: number,
  args: readonly bigint[],
  context: DecodeContext,
): SyscallFacts {
  const name = syscallName(arch, number);
  if (name === undefined) return { number, name: `syscall_${number}`, text: `syscall_${number}(…)` };
  const decoder = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined;
  if (decoder !== undefined) {
    const { text, wait } = decoder(args, context, name);
    return { number, name, text: `${name}(${text})`, wait };
  }
  if (ON_FD.has(name)) return { number, name, text: `${name}(${context.describeFd(toInt(args[0]))}, …)` };
  return { number, name, text: `${name}(…)` };
}
