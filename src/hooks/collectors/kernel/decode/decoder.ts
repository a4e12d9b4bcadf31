import type { Wait } from "../../../facts.ts";
import type { FdTable } from "../fd_table.ts";
import type { MemoryReader } from "../memory_reader.ts";

/** What decoding may look at: the process of the thread, at the moment at which it was in the call. */
export interface DecodeContext {
  readonly pgid: number;
  readonly memory: MemoryReader;
  readonly fds: FdTable;
  /** `3<pipe:[42]>`, or the number alone where it is not open. */
  readonly describeFd: (fd: number) => string;
  /** The absolute path that a call with this directory (`AT_FDCWD` is -100) and path means. */
  readonly resolvePath: (directoryFd: number, path: string) => string;
  /** Whether a path leads to a FIFO; undefined where that cannot be told. */
  readonly isFifo: (path: string) => boolean | undefined;
  /**
   * The number here of a process or thread that the process itself knows by another one, as in a container; undefined where
   * it is none of the tree.
   */
  readonly idHere: (ownId: number) => number | undefined;
  /** Threads of the process. */
  readonly processTids: ReadonlySet<number>;
  /** Threads of the whole tree. */
  readonly treeTids: ReadonlySet<number>;
  readonly blockedSignals: readonly string[];
  readonly caughtSignals: readonly string[];
  /** `CLOCK_MONOTONIC` and `CLOCK_REALTIME` now. */
  readonly monotonicMs: number;
  readonly epochMs: number;
}

/** A decoded call. */
export interface DecodedCall {
  /** What stands between the parentheses. */
  readonly text: string;
  readonly wait?: Wait | undefined;
}

/** Decodes the arguments of one system call, whose name it was found by. */
export type Decoder = (args: readonly bigint[], context: DecodeContext, name: string) => DecodedCall;

/** Decoders by the names of their calls. */
export type Decoders = Readonly<Record<string, Decoder>>;

/** A register as the C type `int`. */
export function toInt(register: bigint | undefined): number {
  return Number(BigInt.asIntN(32, register ?? 0n));
}
