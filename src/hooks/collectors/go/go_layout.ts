/** Where the runtime of Go keeps what is read of it, in bytes from the start of each struct (`runtime2.go`). */
export interface GoLayout {
  /** Of a goroutine (`g`). */
  readonly goroutine: {
    readonly stackLow: number;
    readonly stackHigh: number;
    readonly thread: number;
    readonly savedSp: number;
    readonly savedPc: number;
    /** Points back to the goroutine. */
    readonly savedGoroutine: number;
    readonly syscallSp: number;
    readonly syscallPc: number;
    readonly status: number;
    readonly id: number;
    readonly waitSince: number;
    readonly waitReason: number;
    /** How much is read of it. */
    readonly byteLength: number;
  };
  /** Where a thread (`m`) has its number in the system. */
  readonly threadTid: number;
}

/** What differs between versions: the words that the saved registers have, and those before the status. */
function layoutOf(savedWords: number, wordsBeforeStatus: number): GoLayout {
  const saved = 56;
  const syscall = saved + savedWords * 8;
  const status = syscall + wordsBeforeStatus * 8;
  return {
    goroutine: {
      stackLow: 0,
      stackHigh: 8,
      thread: 48,
      savedSp: saved,
      savedPc: saved + 8,
      savedGoroutine: saved + 16,
      syscallSp: syscall,
      syscallPc: syscall + 8,
      status,
      id: status + 8,
      waitSince: status + 24,
      waitReason: status + 32,
      byteLength: status + 40,
    },
    threadTid: 16 + savedWords * 8,
  };
}

/** Go 1.23 keeps the frame pointer of system calls too, 1.25 no longer saves a result. */
const UNTIL_1_22 = layoutOf(7, 4);
const UNTIL_1_24 = layoutOf(7, 5);
const SINCE_1_25 = layoutOf(6, 5);

/** The layouts that are known, by the second number of the version. */
export const GO_LAYOUTS: ReadonlyMap<number, GoLayout> = new Map([
  ...[18, 19, 20, 21, 22].map((minor) => [minor, UNTIL_1_22] as const),
  ...[23, 24].map((minor) => [minor, UNTIL_1_24] as const),
  ...[25, 26].map((minor) => [minor, SINCE_1_25] as const),
]);
