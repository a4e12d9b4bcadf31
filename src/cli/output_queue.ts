import { messageOf } from "../errors.ts";
import type { Runtime } from "../runtime/port.ts";

/** Text on its way to one of the standard streams. A slow reader delays nobody: what comes meanwhile is written at once. */
export class OutputQueue {
  /** Where the text goes. */
  readonly stream: "stdout" | "stderr";
  readonly #runtime: Runtime;
  readonly #encoder = new TextEncoder();
  #pending = "";
  #writing: Promise<void> | undefined;
  #problem: string | undefined;

  /**
   * @param runtime the host
   * @param stream where the text goes
   */
  constructor(runtime: Runtime, stream: "stdout" | "stderr") {
    this.#runtime = runtime;
    this.stream = stream;
  }

  /** Whether the reader has not taken all yet. */
  get isBehind(): boolean {
    return this.#writing !== undefined;
  }

  /** What was lost and why, as a sentence; a reader that has gone is no problem. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Adds text, to be written soon. */
  add(text: string): void {
    if (text === "") return;
    this.#pending += text;
    this.#writing ??= this.#write();
  }

  /** Resolves when all has been written, or the reader has gone. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    // What else happens in this turn goes with it.
    await undefined;
    let isOpen = true;
    while (this.#pending !== "" && isOpen) {
      const text = this.#pending;
      this.#pending = "";
      isOpen = await this.#runtime.write(this.stream, this.#encoder.encode(text));
      if (!isOpen) this.#findProblem(text);
    }
    this.#pending = "";
    this.#writing = undefined;
  }

  /** Why nothing can be written is told to who writes at once. */
  #findProblem(text: string): void {
    try {
      this.#runtime.writeSync(this.stream, text);
    } catch (error) {
      this.#problem ??= messageOf(error);
    }
  }
}
