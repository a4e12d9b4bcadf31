import type { Child, Runtime } from "../runtime/port.ts";
import { type PromiseWithResolvers, withResolvers } from "../std/with_resolvers.ts";
import { type ForkServerReport, parseForkServerReport } from "./fork_server_report.ts";
import { ForkedChild } from "./forked_child.ts";
import type { Job } from "./job.ts";
import { RunnerError } from "./waiting_runner.ts";
import { encodePreloads, RUNNER_VARIABLES, type WarmStart } from "./warm_start.ts";

/** No report is as long; a server that writes more without a line feed is none of ours. */
const MAX_LINE_CHARACTERS = 65_536;
/** How much of the output of a server that failed is told. */
const TOLD_BYTES = 2000;
/** Path of the file for what is printed while modules are loaded: the server creates it. */
const OUTPUT_VARIABLE = "PREKILL_OUTPUT";

/** What a process of a fork server is started with. */
export interface ForkServerProcessOptions {
  /** How the runner would be started whose file the server loads. */
  readonly start: WarmStart;
  /** Path of the program of the server. */
  readonly serverFile: string;
  /** Path of a file that does not exist, in a private directory; whoever gave it removes it. */
  readonly outputPath: string;
}

/** How the start of a server ended. */
export type ServerStart = Extract<ForkServerReport, { kind: "ready" | "refused" }>;

/** One process that forks others, from its start to its end. */
export class ForkServerProcess {
  /** Resolves when it has loaded its modules or refuses to be forked. Rejects with {RunnerError} when it ended before. */
  readonly started: Promise<ServerStart>;
  /** Resolves when it has ended, and how each child ended is known. */
  readonly ended: Promise<void>;
  readonly #options: ForkServerProcessOptions;
  readonly #runtime: Runtime;
  readonly #child: Child;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #started = withResolvers<ServerStart>();
  readonly #asked = new Map<number, PromiseWithResolvers<Child | undefined>>();
  readonly #running = new Map<number, ForkedChild>();
  #jobs = 0;
  #isAlive = true;

  /**
   * Starts it, as leader of a session of its own.
   *
   * @param options what is started
   * @param runtime the host
   * @throws {SpawnError} when it cannot be started
   */
  constructor(options: ForkServerProcessOptions, runtime: Runtime) {
    const { start, serverFile, outputPath } = options;
    this.#options = options;
    this.#runtime = runtime;
    const [program, ...args] = start.command.flatMap((word) =>
      word === start.runnerFile ? [serverFile, word] : [word]
    );
    this.#child = runtime.spawn({
      program: program!,
      args,
      cwd: start.cwd,
      env: {
        ...start.env,
        [RUNNER_VARIABLES.preload]: encodePreloads(start.preloads),
        [OUTPUT_VARIABLE]: outputPath,
      },
      newSession: true,
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    });
    this.#writer = this.#child.stdin!.getWriter();
    this.started = this.#started.promise;
    this.started.catch(() => {});
    this.ended = this.#read();
  }

  /** Process id. */
  get pid(): number {
    return this.#child.pid;
  }

  /** Whether it has not ended, as far as is known. */
  get isAlive(): boolean {
    return this.#isAlive;
  }

  /**
   * Has a process forked for a job.
   *
   * @param job what is to run
   * @param logPath absolute path of the file that its output is appended to
   * @returns the child; undefined when it could not be forked
   * @throws {RunnerError} when the server ended; nothing runs then that had not been told of
   */
  async fork(job: Job, logPath: string): Promise<Child | undefined> {
    // The server counts as well.
    const id = ++this.#jobs;
    const forked = withResolvers<Child | undefined>();
    this.#asked.set(id, forked);
    if (!this.#isAlive) this.#lose();
    const line = new TextEncoder().encode(`${JSON.stringify({ log: logPath, job })}\n`);
    // A server that has gone is noticed where its reports end.
    this.#writer.write(line).catch(() => {});
    return await forked.promise;
  }

  /**
   * Has it end once its children have, and by KILL when that takes longer than `graceMs`: children that still run are
   * killed then. It may be called again, with another number; without one it is not killed.
   *
   * @returns when it has ended, and how each child ended is known
   */
  async end(graceMs?: number): Promise<void> {
    this.#writer.close().catch(() => {});
    const kill = (): void => void this.#runtime.kill(-this.pid, "SIGKILL");
    const timer = graceMs === undefined ? undefined : setTimeout(kill, graceMs);
    await this.ended;
    clearTimeout(timer);
    // Something that a preload has started may be left.
    this.#runtime.kill(-this.pid, "SIGKILL");
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder();
    let text = "";
    try {
      for await (const bytes of this.#child.stdout!) {
        text += decoder.decode(bytes, { stream: true });
        const lines = text.split("\n");
        text = lines.pop()!;
        for (const line of lines) this.#take(line);
        if (text.length > MAX_LINE_CHARACTERS) break;
      }
    } catch {
      // As its end.
    }
    this.#runtime.kill(this.pid, "SIGKILL");
    const exit = await this.#child.exited;
    this.#isAlive = false;
    const words = exit.kind === "exited" ? `exit code ${exit.code}` : exit.signal;
    this.#started.reject(new RunnerError(`${this.#name} ended before it was ready: ${words}${this.#told()}`));
    this.#lose();
    await Promise.all(Array.from(this.#running.values(), (child) => child.orphan()));
    this.#running.clear();
  }

  #take(line: string): void {
    const report = parseForkServerReport(line);
    switch (report?.kind) {
      case "ready":
      case "refused":
        return this.#started.resolve(report);
      case "forked": {
        const forked = new ForkedChild(report.pid, this.#runtime);
        this.#running.set(report.id, forked);
        return this.#answer(report.id, forked.child);
      }
      case "failed":
        return this.#answer(report.id, undefined);
      case "exited":
        this.#running.get(report.id)?.settle(report.exit);
        this.#running.delete(report.id);
        // It was killed before it could tell of itself, and has run nothing.
        this.#answer(report.id, undefined);
    }
  }

  #answer(id: number, child: Child | undefined): void {
    this.#asked.get(id)?.resolve(child);
    this.#asked.delete(id);
  }

  /** Who waits for a child gets none. */
  #lose(): void {
    for (const asked of this.#asked.values()) asked.reject(new RunnerError(`${this.#name} died`));
    this.#asked.clear();
  }

  get #name(): string {
    return `The fork server "${this.#options.start.command.join(" ")}"`;
  }

  /** The end of what loading its modules printed. */
  #told(): string {
    const bytes = this.#runtime.files.readTail(this.#options.outputPath, TOLD_BYTES);
    const text = new TextDecoder().decode(bytes).trim();
    return text === "" ? "" : `\n${text}`;
  }
}
