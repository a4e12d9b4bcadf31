/** A live process that carries a mark in its environment. */
export interface MarkedProcess {
  readonly pid: number;
  readonly command: string;
}

/**
 * Finds the live processes that were started with an environment variable, wherever they are in the process table.
 * Linux only; a process whose environment cannot be read is not found.
 *
 * @param name the variable
 * @param value its value
 * @returns the processes, zombies left out
 */
export function markedProcesses(name: string, value: string): MarkedProcess[] {
  const entry = `${name}=${value}`;
  const found: MarkedProcess[] = [];
  for (const { name: pid } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(pid) || !readProc(pid, "environ").split("\0").includes(entry)) continue;
    found.push({ pid: Number(pid), command: readProc(pid, "cmdline").replaceAll("\0", " ").trim() });
  }
  return found;
}

/** A zombie's files read as empty, and those of a process that has gone cannot be opened. */
function readProc(pid: string, file: string): string {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/${file}`);
  } catch {
    return "";
  }
}
