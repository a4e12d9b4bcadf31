import { messageOf } from "../../errors.ts";
import type { Files } from "../../runtime/port.ts";
import type { SettledTest, TestStatus } from "../../suite_events.ts";
import type { Shard } from "../shard/shard.ts";
import { addShardToHistory } from "./add_shard_to_history.ts";
import { addToHistory } from "./add_to_history.ts";
import type { History } from "./history.ts";
import { knownHistory } from "./known_history.ts";
import { parseHistory } from "./parse_history.ts";
import { renderHistory } from "./render_history.ts";

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

  /**
   * Reads what a run is to know.
   *
   * @param shard the shard that is to run; undefined for all tests
   * @returns what is known; nothing when there is no file, or it is damaged
   */
  read(shard?: Shard): History {
    return knownHistory(this.#read(), shard);
  }

  /**
   * Adds what a run showed to what is in the file by now. Of two runs that end at the same moment one may be forgotten;
   * the file is always whole.
   *
   * @param settled the tests of the run
   * @param options when it was, in milliseconds of the epoch, and the shard, if it did not run all tests
   * @returns why it could not be written, as a sentence; undefined when all is well
   */
  add(
    settled: Iterable<SettledTest & { readonly status: TestStatus }>,
    { atMs, shard }: { readonly atMs: number; readonly shard?: Shard | undefined },
  ): string | undefined {
    const before = this.#read();
    const history = shard === undefined
      ? addToHistory(knownHistory(before, undefined), settled, atMs)
      : addShardToHistory(before, settled, { shard, atMs });
    if (history.tests.size === 0 && history.shards === undefined) return undefined;
    const text = renderHistory(history);
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

  #read(): History {
    return parseHistory(this.#files.readText(this.#path, MAX_BYTES));
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
