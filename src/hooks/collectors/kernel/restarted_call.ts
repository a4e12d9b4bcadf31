const FUTEX_COMMAND_MASK = 0x7fn;
const FUTEX_WAIT = 0n;
const FUTEX_WAIT_BITSET = 9n;
const HIGHEST_CLOCK = 15n;
const MAX_INT = 0x7fff_ffffn;

/**
 * The system call that a thread is really in when the kernel says `restart_syscall`. After a debugger, or a stop and a
 * continue, Linux goes on with a call that has a time limit under that name; its registers stay those of the call.
 * Four calls are restarted so.
 *
 * @param args its six registers
 * @param wchan the kernel function it waits in; empty where that is not known
 * @returns the name of the call; undefined where it cannot be told
 */
export function restartedCall(args: readonly bigint[], wchan: string): string | undefined {
  const [first = 0n, second = 0n, third = 0n] = args;
  if (wchan.includes("futex")) {
    const command = second & FUTEX_COMMAND_MASK;
    return command === FUTEX_WAIT || command === FUTEX_WAIT_BITSET ? "futex" : undefined;
  }
  if (wchan.includes("poll")) return "poll";
  // Without the kernel function, a pointer where `poll` has its time shows that it is not `poll`.
  if (first <= HIGHEST_CLOCK) return wchan !== "" || third > MAX_INT ? "clock_nanosleep" : undefined;
  return wchan === "" ? undefined : "nanosleep";
}
