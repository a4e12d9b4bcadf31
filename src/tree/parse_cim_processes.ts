import type { ProcessEntry } from "./process_entry.ts";
import type { ProcessSnapshot } from "./snapshot_lister.ts";
import { splitWindowsCommand } from "./split_windows_command.ts";

/** Lists all processes as JSON (class Win32_Process); dates in one form, whichever PowerShell it is. */
export const CIM_PROCESSES_SCRIPT = "[Console]::OutputEncoding = [Text.Encoding]::UTF8; " +
  "Get-CimInstance Win32_Process | Select-Object ProcessId, ParentProcessId, Name, CommandLine, " +
  "@{n='Started';e={if ($_.CreationDate) {$_.CreationDate.ToUniversalTime().ToString('o')}}} | " +
  "ConvertTo-Json -Compress";

interface CimProcess {
  readonly ProcessId: number;
  readonly ParentProcessId: number;
  readonly Name: string;
  readonly CommandLine: string | null;
  readonly Started: string | null;
}

/**
 * Parses what `CIM_PROCESSES_SCRIPT` prints.
 *
 * @param text JSON: an array, or one object when there is one process only
 * @returns the processes; undefined when the text is not JSON
 */
export function parseCimProcesses(text: string): ProcessSnapshot | undefined {
  let rows: CimProcess[];
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    rows = (Array.isArray(value) ? value : [value]) as CimProcess[];
  } catch {
    return undefined;
  }
  const startTimes = new Map(
    rows.map((row) => [row.ProcessId, row.Started === null ? 0 : Date.parse(row.Started)]),
  );
  const entries = rows.map((row): ProcessEntry => {
    const startTime = startTimes.get(row.ProcessId)!;
    // Windows keeps the number of a parent that has gone, and gives it to others.
    const isParent = (startTimes.get(row.ParentProcessId) ?? Infinity) <= startTime;
    return {
      pid: row.ProcessId,
      ppid: isParent && row.ParentProcessId !== row.ProcessId ? row.ParentProcessId : 0,
      // Windows has neither groups nor sessions of this kind.
      pgid: row.ProcessId,
      sid: 0,
      state: "?",
      startTime,
      name: row.Name,
    };
  });
  const commands = new Map(
    rows.filter((row) => row.CommandLine !== null).map((
      row,
    ) => [row.ProcessId, splitWindowsCommand(row.CommandLine!)]),
  );
  return { entries, commands, cookies: new Map() };
}
