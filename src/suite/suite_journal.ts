import { messageOf } from "../errors.ts";
import type { AppendHandle, Runtime } from "../runtime/port.ts";
import type { SuiteEvent, SuiteEventBody } from "../suite_events.ts";

/** Where a run is written down, below its session directory. */
export const JOURNAL_NAME = "events.ndjson";

/** Who and what a `SuiteJournal` writes for. */
export interface SuiteJournalOptions {
  /** Folder of the journal; it exists. */
  readonly sessionDir: string;
  /** The run. */
  readonly id: string;
  /** Number of the last event of the part that was written before; 0 for a new run. */
  readonly lastSeq: number;
  /** Gets what has been written. */
  give(events: readonly SuiteEvent[]): void;
}

/**
 * Numbers the events of a run, writes them down and only then gives them out. What happens in one turn of the event loop is
 * written at once, at its end. A disk that is full does not end the run: the journal is given up, with a warning.
 */
export class SuiteJournal {
  readonly #runtime: Runtime;
  readonly #options: SuiteJournalOptions;
  readonly #path: string;
  readonly #encoder = new TextEncoder();
  #handle: AppendHandle | undefined;
  #pending: SuiteEvent[] = [];
  #seq: number;
  #writtenBytes = 0;
  #hasFailed = false;

  /**
   * Opens the journal, and ends a line that a killed run has left torn.
   *
   * @param runtime the host
   * @param options whose events, and where they go
   * @throws {HostError} when the file cannot be opened
   */
  constructor(runtime: Runtime, options: SuiteJournalOptions) {
    this.#runtime = runtime;
    this.#options = options;
    this.#seq = options.lastSeq;
    this.#path = `${options.sessionDir}/${JOURNAL_NAME}`;
    const last = runtime.files.readTail(this.#path, 1)?.at(0);
    this.#handle = runtime.files.openAppend(this.#path);
    if (last !== undefined && last !== 0x0a) this.#write("\n");
  }

  /** Number of the event that was told last. */
  get lastSeq(): number {
    return this.#seq;
  }

  /** Whether something could not be written down. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** Tells of an event. */
  emit(body: SuiteEventBody): void {
    if (this.#pending.length === 0) queueMicrotask(() => this.flush());
    this.#pending.push({ seq: ++this.#seq, atMs: Date.now(), id: this.#options.id, ...body });
  }

  /** Writes what has been told, and gives it out. */
  flush(): void {
    const events = this.#pending;
    if (events.length === 0) return;
    this.#pending = [];
    let text = "";
    for (const event of events) text += `${JSON.stringify(event)}\n`;
    this.#write(text);
    this.#options.give(events);
  }

  /** Makes sure that what was written is still there: a folder that is removed takes the journal with it, in silence. */
  check(): void {
    if (this.#hasFailed || (this.#runtime.files.stat(this.#path)?.sizeBytes ?? 0) >= this.#writtenBytes) {
      return;
    }
    this.#giveUp(`the file "${this.#path}" has been removed or cut`);
  }

  /** Closes the file. */
  close(): void {
    this.#handle?.close();
    this.#handle = undefined;
  }

  #write(text: string): void {
    if (this.#handle === undefined) return;
    const bytes = this.#encoder.encode(text);
    try {
      this.#handle.write(bytes);
      this.#writtenBytes += bytes.length;
    } catch (error) {
      this.#giveUp(messageOf(error));
    }
  }

  #giveUp(reason: string): void {
    this.#hasFailed = true;
    this.close();
    this.emit({
      kind: "warning",
      message: `The journal ends here, and the run cannot be resumed: ${reason}`,
    });
  }
}
