import { messageOf } from "../../errors.ts";
import type { Files } from "../../runtime/port.ts";
import type { SettledTest, TestStatus } from "../../suite_events.ts";
import { addToHistory } from "./add_to_history.ts";
import type { History } from "./history.ts";
import { HISTORY_SCHEMA, parseHistory } from "./parse_history.ts";

const MAX_BYTES = 64 * 1024 * 1024;

/** The file in which runs leave behind how long their tests took, and how they ended. */
export class HistoryFile {
  readonly #files: Files;
  readonly #folder: string;

  /**
   * @param files the host's files
   * @param folder absolute path of the folder of all sessions, `.prekill`
   */
  constructor(files: Files, folder: string) {
    this.#files = files;
    this.#folder = folder;
  }

  /** Reads it; empty when there is none, or it is damaged. */
  read(): History {
    return parseHistory(this.#files.readText(this.#path, MAX_BYTES));
  }

  /**
   * Adds what a run showed to what is in the file by now. Of two runs that end at the same moment one may be forgotten;
   * the file is always whole.
   *
   * @param settled the tests of the run
   * @param atMs when it was
   * @returns why it could not be written, as a sentence; undefined when all is well
   */
  add(
    settled: Iterable<SettledTest & { readonly status: TestStatus }>,
    atMs: number,
  ): string | undefined {
    const { tests } = addToHistory(this.read(), settled, atMs);
    if (tests.size === 0) return undefined;
    // By name: a history that is kept in a cache changes as little as possible.
    const sorted = [...tests].sort(([a], [b]) => a < b ? -1 : 1);
    const lines = sorted.map(([testId, entry]) => `${JSON.stringify(testId)}:${JSON.stringify(entry)}`);
    const text = `{"schema":"${HISTORY_SCHEMA}","tests":{\n${lines.join(",\n")}\n}}\n`;
    try {
      this.#files.makeDirectory(this.#folder);
      this.#write(new TextEncoder().encode(text));
      return undefined;
    } catch (error) {
      return `The history is not updated: ${messageOf(error)}`;
    }
  }

  get #path(): string {
    return `${this.#folder}/history.json`;
  }

  #write(bytes: Uint8Array): void {
    try {
      this.#files.replace(this.#path, bytes);
    } catch {
      // A run that was killed while it wrote has left its new file behind, which would be in the way for ever.
      this.#files.remove(`${this.#path}.new`);
      this.#files.replace(this.#path, bytes);
    }
  }
}
