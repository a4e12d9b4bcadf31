import type { HookOutput, PreKillContext } from "../hooks/hook.ts";
import type { PreKillHook } from "../hooks/load_pre_kill_hook.ts";
import type { Runtime } from "../runtime/port.ts";
import type { AttemptResult, DriverEvent, DriverOptions } from "./driver_options.ts";
import type { Journal } from "./journal.ts";
import { ProcessDriver } from "./process_driver.ts";

/** What a `HookedDriver` takes beyond `DriverOptions`. */
export interface HookedDriverOptions extends DriverOptions {
  /** A user's folder with hook modules. */
  readonly hooksDir?: string | undefined;
  /** False runs no hook: neither sample nor light samples. */
  readonly hook?: boolean | undefined;
  /** False keeps no journal: somebody else writes down the events. */
  readonly journal?: boolean | undefined;
}

/**
 * A driver that finds out why a process hangs: it loads the pre-kill hook of the operating system, takes a light sample
 * at half of the timeout, and keeps the journal `events.ndjson` from the first evidence on. A process that ends by
 * itself leaves no file behind.
 *
 * @example Explain a hang
 * ```ts
 * import { HookedDriver } from "./hooked_driver.ts";
 *
 * const sessionDir = await Deno.makeTempDir();
 * const driver = new HookedDriver({ command: ["sleep", "60"], timeoutMs: 300, sampleTimeMs: 50, sessionDir });
 * const { hook } = await driver.run();
 * if (hook?.diagnosis?.cause !== "sleep") throw new Error("unexpected");
 * await Deno.remove(sessionDir, { recursive: true });
 * ```
 */
export class HookedDriver extends ProcessDriver {
  readonly #hooksDir: string | undefined;
  readonly #hookWanted: boolean;
  readonly #journalWanted: boolean;
  readonly #pending: DriverEvent[] = [];
  #journal: Promise<Journal> | undefined;
  #hook: Promise<PreKillHook | undefined> | undefined;

  /**
   * Makes a driver; nothing is started yet.
   *
   * @param options what to start, its limits, and where hooks come from
   * @param runtime the host; the one in use when left out
   */
  constructor(options: HookedDriverOptions, runtime?: Runtime) {
    super(options, runtime);
    this.#hooksDir = options.hooksDir;
    this.#hookWanted = options.hook ?? true;
    this.#journalWanted = options.journal ?? true;
  }

  /** Runs the hook of the operating system; the built-in one where the user's cannot be loaded. */
  protected override async onTimeoutPreKill(context: PreKillContext, output: HookOutput): Promise<void> {
    if (!this.#hookWanted) return;
    const hook = await this.#loadHook().catch(async (error: unknown) => {
      await context.builtin();
      throw error;
    });
    if (hook?.source === "builtin") await context.builtin();
    else await hook?.doPreKill(this.pid, context, output);
  }

  /** Looks at the process without touching it, and loads the hook, so that it is there when the limit runs out. */
  protected override async onLightSample(): Promise<void> {
    if (!this.#hookWanted || this.attempt === undefined) return;
    this.#loadHook().catch(() => {});
    if (this.runtime.os !== "linux") return;
    const { lightSample } = await import("../hooks/light_sample.ts");
    const sample = lightSample({
      runtime: this.runtime,
      rootPid: this.pid,
      ownsSession: this.attempt.ownsSession,
      rootCommand: this.options.spawner && this.options.command,
      cookie: this.id,
      seen: this.attempt.seen(),
      outputPipes: this.attempt.outputPipes(),
    });
    this.#openJournal();
    this.emit({ kind: "light-sample", elapsedMs: this.elapsedMs, ...sample });
  }

  /** Writes the journal. */
  protected override onEvent(event: DriverEvent): void {
    if (!this.#journalWanted) return;
    if (event.kind === "sampled" && event.hook.files.length > 0) this.#openJournal();
    if (this.#journal === undefined) this.#pending.push(event);
    else this.#journal.then((journal) => journal.write(event)).catch(() => {});
  }

  /** Closes the journal, or takes it back when nothing happened. */
  protected override async onProcessExited(result: AttemptResult): Promise<void> {
    const { kind } = result.outcome;
    const uneventful = (kind === "exited" || kind === "signalled") && result.hook === undefined;
    await this.#journal?.then((journal) => uneventful ? journal.discard() : journal.close()).catch(() => {});
  }

  #loadHook(): Promise<PreKillHook | undefined> {
    return this.#hook ??= import("../hooks/load_pre_kill_hook.ts").then(({ loadPreKillHook }) =>
      loadPreKillHook(this.runtime.os, { runtime: this.runtime, hooksDir: this.#hooksDir })
    );
  }

  #openJournal(): void {
    if (!this.#journalWanted) return;
    this.#journal ??= import("./journal.ts").then(({ Journal }) => {
      const journal = new Journal(this.runtime, this.options.sessionDir);
      for (const event of this.#pending.splice(0)) journal.write(event);
      return journal;
    });
  }
}
