/** What `/proc/PID/task/TID/syscall` says (proc(5)). */
export type SyscallLine =
  /** On a processor, or ready to run. */
  | { readonly kind: "running" }
  /** Blocked outside of a system call, such as on a page fault. */
  | { readonly kind: "blocked" }
  | {
    readonly kind: "call";
    readonly number: number;
    /** Six registers; a call uses the first of them. */
    readonly args: readonly bigint[];
    readonly stackPointer: bigint;
  };

/**
 * Parses the line.
 *
 * @param text content of the file
 * @returns what the thread does; undefined when the text is not of that form
 */
export function parseSyscall(text: string): SyscallLine | undefined {
  const words = text.trim().split(" ");
  if (words[0] === "running") return { kind: "running" };
  if (words[0] === "-1") return { kind: "blocked" };
  if (words.length !== 9 || !/^\d+$/.test(words[0]!)) return undefined;
  if (!words.slice(1).every((word) => /^0x[0-9a-f]+$/.test(word))) return undefined;
  return {
    kind: "call",
    number: Number(words[0]),
    args: words.slice(1, 7).map(BigInt),
    stackPointer: BigInt(words[7]!),
  };
}
