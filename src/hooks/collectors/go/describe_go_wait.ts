import type { Frame } from "../../../sample_document.ts";

/** What the runtime's words for a wait mean, for words that follow "waits for". */
const BY_STATE: Readonly<Record<string, string>> = {
  "chan receive": "a value on a channel",
  "chan receive (durable)": "a value on a channel",
  "chan receive (nil chan)": "a value on a nil channel, which never comes",
  "chan send": "somebody to take a value from a channel",
  "chan send (durable)": "somebody to take a value from a channel",
  "chan send (nil chan)": "somebody to take a value from a nil channel, which nobody can",
  "select": "one of the cases of a select",
  "select (durable)": "one of the cases of a select",
  "select (no cases)": "nothing at all: a select without cases",
  "sleep": "the end of a sleep",
  "IO wait": "input or output",
  "sync.Cond.Wait": "a sync.Cond",
  "sync.Mutex.Lock": "a sync.Mutex",
  "sync.RWMutex.Lock": "a sync.RWMutex",
  "sync.RWMutex.RLock": "a sync.RWMutex",
  "sync.WaitGroup.Wait": "a sync.WaitGroup",
  "sync.WaitGroup.Wait (durable)": "a sync.WaitGroup",
  "semacquire": "a semaphore",
};

/** What a call says of its wait, the first that is on the stack; older runtimes tell of semaphores only. */
const BY_CALL: readonly (readonly [states: RegExp, call: RegExp, waitsFor: string])[] = [
  [/^sync\.|^semacquire/, /^sync\.\(\*RWMutex\)\./, "a sync.RWMutex"],
  [/^sync\.|^semacquire/, /^sync\.\(\*WaitGroup\)\.Wait$/, "a sync.WaitGroup"],
  [/^sync\.|^semacquire/, /^(?:internal\/)?sync\.\(\*Mutex\)\./, "a sync.Mutex"],
  [/^IO wait/, /^internal\/poll\.\(\*FD\)\.Accept$/, "somebody to connect"],
  [/^IO wait/, /^net\.\(\*netFD\)\.connect$/, "the answer to a connect"],
  [/^IO wait/, /^internal\/poll\.\(\*FD\)\.(?:Read|Pread|ReadFrom|ReadMsg)\w*$/, "something to read"],
  [/^IO wait/, /^internal\/poll\.\(\*FD\)\.(?:Write|Pwrite|SendFile)\w*$/, "its output to be taken"],
  [/^syscall/, /^os\/signal\.signal_recv$/, "a signal"],
  [
    /^syscall/,
    /^os\.\(\*Process\)\.(?:Wait|wait|blockUntilWaitable|pidfdWait)$/,
    "the end of a child process",
  ],
  [/^syscall/, /^syscall\.(?:Flock|FcntlFlock)$/, "a file lock"],
  [/^syscall/, /^syscall\.(?:Read|Pread|read)$/, "something to read"],
  [/^syscall/, /^syscall\.(?:Write|Pwrite|write)$/, "its output to be taken"],
  [/^syscall/, /^syscall\.(?:Open|Openat|openat)$/, "a file to be opened"],
];

/**
 * Says what a goroutine waits for.
 *
 * @param state in the runtime's own words
 * @param frames its stack
 * @returns words that follow "waits for"; undefined where it does not wait or that cannot be told
 */
export function describeGoWait(state: string, frames: readonly Frame[]): string | undefined {
  const plain = state.split(",")[0]!;
  const byCall = BY_CALL.find(([states, call]) =>
    states.test(plain) && frames.some((frame) => call.test(frame.function))
  );
  return byCall?.[2] ?? (Object.hasOwn(BY_STATE, plain) ? BY_STATE[plain] : undefined);
}
