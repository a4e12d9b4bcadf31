const SYMBOLS = {
  sched_setscheduler: { parameters: ["i32", "i32", "buffer"], result: "i32" },
  setpriority: { parameters: ["i32", "u32", "i32"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

/** Of sched.h: children and new threads begin with the usual priority. */
const RESET_ON_FORK = 0x40000000;
const SCHED_OTHER = 0;
const PRIO_PROCESS = 0;
/** The system gives ten times as much of a busy processor to it as to a process of the usual priority. */
const NICE = -10;

/**
 * Has the system prefer the calling thread, which is the one of the event loop, to the children: these begin with the usual
 * priority. Linux only, where `--allow-ffi` is granted already; without the right to do so (CAP_SYS_NICE) nothing changes.
 */
export function raisePriorityWithDeno(): void {
  if (Deno.build.os !== "linux") return;
  if (Deno.permissions.querySync({ name: "ffi" }).state !== "granted") return;
  try {
    const { symbols } = Deno.dlopen("libc.so.6", SYMBOLS);
    // In this order: no child may ever inherit it.
    const isReset = symbols.sched_setscheduler(0, SCHED_OTHER | RESET_ON_FORK, new Int32Array(1)) === 0;
    if (isReset) symbols.setpriority(PRIO_PROCESS, 0, NICE);
  } catch {
    // Another C library: it goes without.
  }
}
