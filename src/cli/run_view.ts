import { renderVerdict } from "../hooks/sample/render_verdict.ts";
import { defuseCommands } from "../report/defuse_commands.ts";
import { TerminalReporter } from "../report/terminal_reporter.ts";
import type { Runtime } from "../runtime/port.ts";
import type { SuiteEvent } from "../suite_events.ts";
import type { ControlledView } from "./control_run.ts";
import type { OptionValues } from "./option_values.ts";
import type { OutputQueue } from "./output_queue.ts";
import { pathFrom } from "./path_from.ts";
import { createStyle, isColored } from "./style.ts";

/** What a view depends on. */
export interface RunViewOptions {
  /** The options of `run` as given. */
  readonly values: OptionValues;
  /** Absolute path of the session directory. */
  readonly sessionDir: string;
  /** How long each test took earlier, in milliseconds, by `testId`. */
  readonly expectedMs: ReadonlyMap<string, number>;
  /** Whether GitHub reads what is printed. */
  readonly isGithub: boolean;
}

const FRAME_MS = 100;
const DEFAULT_SIZE = { columns: 80, rows: 24 };
const HIDE_CURSOR = "\x1b[?25l";
const SHOW_CURSOR = "\x1b[?25h";

/** Shows a run to people while it goes on: with a bar on a terminal, else line by line. */
export class RunView implements ControlledView {
  readonly #runtime: Runtime;
  readonly #output: OutputQueue;
  readonly #reporter: TerminalReporter;
  readonly #isGithub: boolean;
  #frames: ReturnType<typeof setInterval> | undefined;

  /**
   * @param options what it depends on
   * @param output where the text goes
   * @param runtime the host
   */
  constructor(
    { values, sessionDir, expectedMs, isGithub }: RunViewOptions,
    output: OutputQueue,
    runtime: Runtime,
  ) {
    this.#runtime = runtime;
    this.#output = output;
    this.#isGithub = isGithub;
    const isLive = runtime.isTerminal(output.stream) && runtime.getEnv("TERM") !== "dumb" &&
      !values.has("quiet");
    this.#reporter = new TerminalReporter({
      verbosity: values.has("quiet") ? "quiet" : values.has("verbose") ? "verbose" : "normal",
      isLive,
      style: createStyle(isColored(runtime, output.stream, values.text("color"))),
      expectedMs,
      renderVerdict,
      shorten: (path) => pathFrom(path, runtime.cwd()),
      sessionDir: pathFrom(sessionDir, runtime.cwd()),
    });
    if (isLive) this.resume();
  }

  /** Takes the next event. */
  onEvent(event: SuiteEvent): void {
    this.#add(this.#reporter.onEvent(event));
  }

  /** Takes an event of the run that is carried on: it counts, and is not told again. */
  onEarlierEvent(event: SuiteEvent): void {
    this.#reporter.onEvent(event);
    this.#reporter.clear();
  }

  /** Tells what runs; looks at each are told as they come. */
  showRunning(): void {
    this.#add(this.#reporter.look(Date.now()));
  }

  /** Takes the bar away. */
  suspend(): void {
    if (this.#frames === undefined) return;
    clearInterval(this.#frames);
    this.#frames = undefined;
    // At once: this process is about to stop, or to write something else.
    this.#runtime.writeSync(this.#output.stream, this.#reporter.clear() + SHOW_CURSOR);
  }

  /** Shows the bar. */
  resume(): void {
    this.#output.add(HIDE_CURSOR);
    this.#frames = setInterval(() => this.#draw(), FRAME_MS);
  }

  /** Takes the bar away and sums the run up. */
  end(): void {
    const wasLive = this.#frames !== undefined;
    clearInterval(this.#frames);
    this.#frames = undefined;
    this.#add(this.#reporter.end() + (wasLive ? SHOW_CURSOR : ""));
  }

  #add(text: string): void {
    this.#output.add(this.#isGithub ? defuseCommands(text) : text);
  }

  #draw(): void {
    // A terminal that is stopped or slow gets one frame when it is ready, not all that were missed.
    if (this.#output.isBehind) return;
    const size = this.#runtime.terminalSize() ?? DEFAULT_SIZE;
    this.#output.add(this.#reporter.frame({ nowMs: Date.now(), ...size }));
  }
}
