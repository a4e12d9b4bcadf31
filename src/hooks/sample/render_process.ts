import { formatDuration } from "../../duration.ts";
import type { Diagnosis, SampleFd, SampleProcess } from "../../sample_document.ts";
import { visibleText } from "../../visible_text.ts";
import { formatBytes } from "./format_bytes.ts";
import { renderTasks } from "./render_tasks.ts";
import { renderThreads } from "./render_threads.ts";
import { stateWords } from "../state_words.ts";

const FILES_SHOWN = 16;
const RESOURCES_SHOWN = 12;
const WIDTH = 100;
/** What ties a process to others comes first. */
const FILE_ORDER = [
  "pipe",
  "fifo",
  "unix",
  "tcp",
  "udp",
  "socket",
  "terminal",
  "pidfd",
  "inotify",
  "signalfd",
  "timerfd",
];

/**
 * One process in full: state, threads with their calls and stacks, open files.
 *
 * @param process the process
 * @param diagnosis marks the process and thread to blame
 * @param program the program as people call it
 * @returns text without a line break at the end
 */
export function renderProcess(process: SampleProcess, diagnosis: Diagnosis, program: string): string {
  const isBlamed = process.pid === diagnosis.pid;
  const title = `── ${program} (pid ${process.pid})${isBlamed ? " ◀ to blame" : ""} `;
  const lines = [title.padEnd(WIDTH, "─")];
  if (process.command.length > 0) {
    lines.push(`command: ${clip(visibleText(quoteCommand(process.command)), 400)}`);
  }
  if (process.cwd !== undefined) lines.push(`folder:  ${visibleText(process.cwd)}`);
  const cpu = `${Math.round(process.cpuPercent)}% CPU`;
  const ids = `parent ${process.ppid}, process group ${process.pgid}, session ${process.sid}`;
  const age = `${formatDuration(process.ageMs)} old`;
  lines.push(
    `state:   ${stateWords(process.state)}, ${cpu}, ${formatBytes(process.rssBytes)}, ${age}, ${ids}`,
  );
  if (process.runtime !== undefined) lines.push(`runtime: ${clip(visibleText(process.runtime), WIDTH)}`);
  if (process.incomplete !== undefined) lines.push(`seen in part only: ${visibleText(process.incomplete)}`);
  const blamedTid = isBlamed ? diagnosis.tid ?? process.pid : undefined;
  lines.push(...renderThreads(process.pid, process.threads, blamedTid));
  lines.push(...renderTasks(process.tasks ?? [], process.runtime));
  lines.push(...renderResources(process.activeResources ?? []));
  lines.push(...renderFiles(process.fds));
  return lines.map((line, position) => position === 0 ? line : `  ${line}`).join("\n");
}

function renderResources(resources: readonly string[]): string[] {
  if (resources.length === 0) return [];
  const shown = resources.slice(0, RESOURCES_SHOWN).map((resource) =>
    `  ${clip(visibleText(resource), WIDTH)}`
  );
  const rest = resources.length - shown.length;
  return ["event loop keeps:", ...shown, ...(rest > 0 ? [`  … and ${rest} more`] : [])];
}

function renderFiles(fds: readonly SampleFd[]): string[] {
  if (fds.length === 0) return [];
  const ordered = fds.toSorted((a, b) => rank(a) - rank(b) || a.fd - b.fd);
  const lines = ordered.slice(0, FILES_SHOWN).map((file) => {
    const peer = file.peer === undefined ? "" : `  (${visibleText(file.peer)})`;
    return `  ${String(file.fd).padStart(4)}  ${clip(visibleText(file.target), 160)}${peer}`;
  });
  const rest = fds.length - lines.length;
  return [
    "open files:",
    ...lines,
    ...(rest > 0 ? [`        … and ${rest} more, all of them in the .sample.json`] : []),
  ];
}

/** Standard streams first, then what leads to another process, then the rest and what a process keeps for itself. */
function rank(file: SampleFd): number {
  if (file.fd <= 2) return -1;
  if (/other end: itself$/.test(file.peer ?? "")) return FILE_ORDER.length;
  const position = FILE_ORDER.indexOf(file.kind);
  return position < 0 ? FILE_ORDER.length : 0;
}

/** The command as it could be typed. */
function quoteCommand(command: readonly string[]): string {
  return command.map((word) => /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)
    .join(" ");
}

function clip(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
