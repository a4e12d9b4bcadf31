import { createSessionDir, type SessionDir } from "../hooks/sample/session_dir.ts";
import type { AppendHandle, Runtime } from "../runtime/port.ts";

/** How many journals of this process have a stake in a file, by its path: drivers may share a session. */
const sharers = new Map<string, number>();

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
  #shares = false;

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
        this.#handle = this.#runtime.files.openAppend(this.#path);
        if (!this.#shares) sharers.set(this.#path, (sharers.get(this.#path) ?? 0) + 1);
        this.#shares = true;
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

  /**
   * Closes the file and, at the default place, removes what the journal has created, unless another driver of this
   * process wrote to it, too: nothing happened that matters.
   */
  discard(): void {
    this.close();
    if (this.#keep || !this.#shares) return;
    this.#shares = false;
    const others = (sharers.get(this.#path) ?? 1) - 1;
    sharers.set(this.#path, others);
    if (others > 0) return;
    sharers.delete(this.#path);
    this.#runtime.files.remove(this.#path);
    this.#sessionDir.removeIfEmpty();
  }

  get #path(): string {
    return `${this.#sessionDir.path}/events.ndjson`;
  }
}
