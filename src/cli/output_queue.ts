import type { Runtime } from "../runtime/port.ts";

/** Text on its way to one of the standard streams. A slow reader delays nobody: what comes meanwhile is written at once. */
export class OutputQueue {
  /** Where the text goes. */
  readonly stream: "stdout" | "stderr";
  readonly #runtime: Runtime;
  readonly #encoder = new TextEncoder();
  #pending = "";
  #writing: Promise<void> | undefined;

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
      const bytes = this.#encoder.encode(this.#pending);
      this.#pending = "";
      isOpen = await this.#runtime.write(this.stream, bytes);
    }
    this.#pending = "";
    this.#writing = undefined;
  }
}
