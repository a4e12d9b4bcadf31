import { ndjsonLine } from "../report/ndjson_line.ts";
import type { AppendHandle, Runtime } from "../runtime/port.ts";
import type { SuiteEvent } from "../suite_events.ts";
import { writeReport } from "./write_report.ts";

/** Events on their way to a file that others may read while the run goes on. */
export interface EventsFile {
  /** Takes the next event. */
  add(event: SuiteEvent): void;
  /** Writes what is left. @throws {HostError} when something could not be written */
  close(): void;
}

/**
 * Opens a file for events that are written as they happen, instead of what was in it.
 *
 * @param runtime the host
 * @param path absolute path of the file
 * @returns the caller closes it
 * @throws {HostError} when it cannot be written
 */
export function openEventsFile(runtime: Runtime, path: string): EventsFile {
  writeReport(runtime, path, "");
  const file: AppendHandle = runtime.files.openAppend(path);
  const encoder = new TextEncoder();
  let pending = "";
  let problem: unknown;
  const flush = (): void => {
    const text = pending;
    pending = "";
    if (problem !== undefined) return;
    try {
      file.write(encoder.encode(text));
    } catch (error) {
      problem = error;
    }
  };
  return {
    add(event) {
      // What happens in one turn of the event loop is written at once.
      if (pending === "") setTimeout(flush, 0);
      pending += ndjsonLine(event);
    },
    close() {
      flush();
      file.close();
      if (problem !== undefined) throw problem;
    },
  };
}
