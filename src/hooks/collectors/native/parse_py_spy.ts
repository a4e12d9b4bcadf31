import type { RawFrame, ThreadStack } from "./thread_stack.ts";

interface PySpyThread {
  readonly os_thread_id?: number | null;
  readonly frames?: readonly { readonly name?: string; readonly filename?: string; readonly line?: number }[];
}

/**
 * Parses what `py-spy dump --json` prints.
 *
 * @param text its standard output
 * @param pid the process, which stands for threads whose number py-spy does not know
 * @returns the threads that run Python code; empty when the text is something else
 */
export function parsePySpy(text: string, pid: number): ThreadStack[] {
  let threads: PySpyThread[];
  try {
    threads = JSON.parse(text) as PySpyThread[];
  } catch {
    return [];
  }
  if (!Array.isArray(threads)) return [];
  return threads.flatMap(({ os_thread_id, frames = [] }) => {
    if (frames.length === 0) return [];
    const named = frames.map(({ name, filename, line }): RawFrame => (
      { function: name, file: filename, line: line || undefined }
    ));
    return [{ tid: os_thread_id ?? pid, language: "python", frames: named }];
  });
}
