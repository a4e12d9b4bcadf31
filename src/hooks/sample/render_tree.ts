import { formatDuration } from "../../duration.ts";
import type { SampleProcess } from "../../sample_document.ts";
import { visibleText } from "../../visible_text.ts";
import { formatBytes } from "./format_bytes.ts";
import { stateWords } from "../state_words.ts";

const COMMAND_WIDTH = 72;
const MAX_ROWS = 200;

/**
 * The process tree as a table: pid, age, CPU, memory, state and command, children below their parents.
 *
 * @param processes parents before children
 * @param blamedPid is marked
 * @returns lines without indent
 */
export function renderTree(processes: readonly SampleProcess[], blamedPid: number): string[] {
  const depths = new Map<number, number>();
  const rows = processes.slice(0, MAX_ROWS).map((process) => {
    const depth = (depths.get(process.ppid) ?? -1) + 1;
    depths.set(process.pid, depth);
    const branch = depth === 0 ? "" : `${"  ".repeat(Math.min(depth, 16) - 1)}└ `;
    const command = process.command.length === 0 ? `[${process.name}]` : process.command.join(" ");
    const mark = process.pid === blamedPid ? "  ◀ to blame" : "";
    return [
      String(process.pid),
      formatDuration(process.ageMs),
      `${Math.round(process.cpuPercent)}%`,
      formatBytes(process.rssBytes),
      stateWords(process.state),
      branch + clip(visibleText(command)) + mark,
    ];
  });
  const table = [["pid", "age", "CPU", "memory", "state", "command"], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const lines = table.map((row) =>
    row.map((cell, column) =>
      column === row.length - 1
        ? cell
        : column < 4
        ? cell.padStart(widths[column]!)
        : cell.padEnd(widths[column]!)
    )
      .join("  ")
  );
  const rest = processes.length - rows.length;
  return rest > 0 ? [...lines, `… and ${rest} more processes, all of them in the .sample.json`] : lines;
}

function clip(text: string): string {
  return text.length <= COMMAND_WIDTH ? text : `${text.slice(0, COMMAND_WIDTH - 1)}…`;
}
