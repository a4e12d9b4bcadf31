import { createSessionDir, type SessionDir } from "../hooks/sample/session_dir.ts";
import type { AppendHandle, Runtime } from "../runtime/port.ts";

/**
 * `events.ndjson` in the session directory: one JSON object a line, written as it happens, so that a crash loses
 * nothing. A journal that cannot be written (full disk) is given up: it must not end the run.
 */
export class Journal {
  readonly #runtime: Runtime;
  readonly #sessionDir: SessionDir;
  readonly #keep: boolean;
  readonly #encoder = new TextEncoder();
  #handle: AppendHandle | undefined;
  #failed = false;

  /**
   * @param runtime the host
   * @param sessionDir the place that the user named; the default place when undefined
   */
  constructor(runtime: Runtime, sessionDir: string | undefined) {
    this.#runtime = runtime;
    this.#sessionDir = createSessionDir(runtime, sessionDir, performance.timeOrigin);
    this.#keep = sessionDir !== undefined;
  }

  /** Appends an event; the first creates the directory and the file. */
  write(event: object): void {
    if (this.#failed) return;
    try {
      if (this.#handle === undefined) {
        this.#sessionDir.ensure();
        this.#handle = this.#runtime.files.openAppend(`${this.#sessionDir.path}/events.ndjson`);
      }
      this.#handle.write(this.#encoder.encode(`${JSON.stringify(event)}\n`));
    } catch {
      this.#failed = true;
    }
  }

  /** Closes the file; a later event opens it again. */
  close(): void {
    this.#handle?.close();
    this.#handle = undefined;
  }

  /** Closes the file and, at the default place, removes what the journal has created: nothing happened that matters. */
  discard(): void {
    this.close();
    if (this.#keep) return;
    this.#runtime.files.remove(`${this.#sessionDir.path}/events.ndjson`);
    this.#sessionDir.removeIfEmpty();
  }
}
