import type { Files } from "../../runtime/port.ts";
import type { SampleDocument } from "../../sample_document.ts";
import { parseGoroutineDump } from "../collectors/go/parse_goroutine_dump.ts";
import { toGoTasks } from "../collectors/go/to_go_tasks.ts";
import { renderTasks } from "./render_tasks.ts";

const RUNTIME = "Go";

/**
 * Adds the goroutines that a Go program has printed when it was ended to its sample, where that does not have them
 * already: as `tasks` of the process in the `.sample.json`, and as a section at the end of the `.sample`. A sample that
 * is compressed, or that a hook of the user has written, stays as it is. Never throws.
 *
 * @param files the host's files
 * @param paths the files of the sample
 * @param dump the process, and the end of the output of its tree
 */
export function amendSample(
  files: Files,
  paths: readonly string[],
  { pid, output }: { readonly pid: number; readonly output: string },
): void {
  const jsonPath = paths.find((path) => path.endsWith(".sample.json"));
  const textPath = paths.find((path) => path.endsWith(".sample"));
  const goroutines = parseGoroutineDump(output);
  if (jsonPath === undefined || goroutines.length === 0) return;
  try {
    const document = JSON.parse(files.readText(jsonPath) ?? "") as SampleDocument;
    const process = document.processes.find((process) => process.pid === pid);
    if (process === undefined || (process.tasks?.length ?? 0) > 0) return;
    const tasks = toGoTasks(goroutines);
    const processes = document.processes.map((other) =>
      other.pid === pid ? { ...other, runtime: other.runtime ?? RUNTIME, tasks } : other
    );
    const amended: SampleDocument = { ...document, processes };
    files.replace(jsonPath, new TextEncoder().encode(`${JSON.stringify(amended, null, 1)}\n`));
    if (textPath === undefined) return;
    const lines = [
      "",
      `GOROUTINES (printed by pid ${pid} when it was ended)`,
      "",
      ...indented(renderTasks(tasks, RUNTIME)),
    ];
    const text = files.openAppend(textPath);
    try {
      text.write(new TextEncoder().encode(`${lines.join("\n")}\n`));
    } finally {
      text.close();
    }
  } catch {
    // Not our sample, or a full disk: what was written before the end is kept.
  }
}

function indented(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split("\n")).map((line) => `  ${line}`);
}
