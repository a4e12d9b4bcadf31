/** Bytes that a process has read and written so far, through pipes and sockets too. */
export interface ProcIo {
  readonly readBytes: number;
  readonly writtenBytes: number;
  /** Calls that wrote. */
  readonly writeCalls: number;
}

/**
 * Parses `/proc/PID/io`: its `rchar`, `wchar` and `syscw`, which count every read and write, not only those that reach a disk.
 *
 * @param text content of the file
 * @returns the counts; undefined when the text is not of that form
 */
export function parseIo(text: string): ProcIo | undefined {
  const read = /^rchar: (\d+)$/m.exec(text)?.[1];
  const written = /^wchar: (\d+)$/m.exec(text)?.[1];
  const calls = /^syscw: (\d+)$/m.exec(text)?.[1];
  if (read === undefined || written === undefined || calls === undefined) return undefined;
  return { readBytes: Number(read), writtenBytes: Number(written), writeCalls: Number(calls) };
}
