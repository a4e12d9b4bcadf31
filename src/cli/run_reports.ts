import { messageOf } from "../errors.ts";
import { RunFold } from "../report/fold_events.ts";
import { ndjsonLine } from "../report/ndjson_line.ts";
import type { ReportOptions } from "../report/report_options.ts";
import { TapReporter } from "../report/tap_reporter.ts";
import type { Runtime } from "../runtime/port.ts";
import type { SuiteEvent } from "../suite_events.ts";
import type { OutputQueue } from "./output_queue.ts";
import { type EventsFile, openEventsFile } from "./open_events_file.ts";
import { renderRun, reportOptions } from "./render_run.ts";
import { STANDARD_OUTPUT, type WantedReports } from "./wanted_reports.ts";
import { writeReport } from "./write_report.ts";

/** Where reports go. */
export interface RunReportsOptions {
  /** Absolute path of the session directory. */
  readonly sessionDir: string;
  /** What a report wants to write to standard output. */
  readonly stdout: OutputQueue;
  /** Where people are told: GitHub reads its commands there, too. */
  readonly output: OutputQueue;
}

/** Writes the reports of a run: what can be told as it happens at once, the rest at the end, each file whole or not at all. */
export class RunReports {
  readonly #wanted: WantedReports;
  readonly #where: RunReportsOptions;
  readonly #runtime: Runtime;
  readonly #options: ReportOptions;
  readonly #fold = new RunFold();
  readonly #problems: string[] = [];
  readonly #tap: TapReporter | undefined;
  #events: EventsFile | undefined;

  /**
   * @param wanted what is to be written
   * @param where it goes
   * @param runtime the host
   */
  constructor(wanted: WantedReports, where: RunReportsOptions, runtime: Runtime) {
    this.#wanted = wanted;
    this.#where = where;
    this.#runtime = runtime;
    this.#options = reportOptions(where.sessionDir, runtime);
    const isStream = wanted.files.some(({ format, path }) => format === "tap" && path === STANDARD_OUTPUT);
    if (isStream) this.#tap = new TapReporter(this.#options);
    if (wanted.events !== undefined && wanted.events !== STANDARD_OUTPUT) {
      this.#try("events", wanted.events, () => {
        this.#events = openEventsFile(runtime, wanted.events!);
      });
    }
  }

  /** Takes the next event; of a run that is carried on, first those of its journal. */
  onEvent(event: SuiteEvent): void {
    this.#fold.add(event);
    if (this.#tap !== undefined) this.#where.stdout.add(this.#tap.onEvent(event));
    const { events } = this.#wanted;
    if (events === STANDARD_OUTPUT) this.#where.stdout.add(ndjsonLine(event));
    else this.#events?.add(event);
  }

  /**
   * Writes what is left.
   *
   * @returns what could not be written, in sentences
   */
  async finish(): Promise<readonly string[]> {
    const { stdout } = this.#where;
    if (this.#tap !== undefined) stdout.add(this.#tap.end());
    if (this.#events !== undefined) {
      this.#try("events", this.#wanted.events!, () => this.#events!.close());
    }
    const run = this.#fold.summary();
    for (const { format, path } of this.#wanted.files) {
      if (format === "tap" && path === STANDARD_OUTPUT) continue;
      const text = await renderRun(run, format, this.#options);
      if (path === STANDARD_OUTPUT) stdout.add(text);
      else this.#try(format, path, () => writeReport(this.#runtime, path, text));
    }
    if (this.#wanted.github) await this.#tellGithub();
    return this.#problems;
  }

  async #tellGithub(): Promise<void> {
    const run = this.#fold.summary();
    const { githubAnnotations } = await import("../report/github_annotations.ts");
    const workspace = this.#runtime.getEnv("GITHUB_WORKSPACE");
    this.#where.output.add(githubAnnotations(run, { ...this.#options, workspace }));
    const path = this.#runtime.getEnv("GITHUB_STEP_SUMMARY") ?? "";
    if (path === "") return;
    const text = await renderRun(run, "markdown", this.#options);
    this.#try("GITHUB_STEP_SUMMARY", path, () => {
      // Other commands of the step have written to it, or will.
      const file = this.#runtime.files.openAppend(path);
      try {
        file.write(new TextEncoder().encode(`${text}\n`));
      } finally {
        file.close();
      }
    });
  }

  #try(what: string, path: string, write: () => void): void {
    try {
      write();
    } catch (error) {
      this.#problems.push(`Cannot write the report ${what} to "${path}": ${messageOf(error)}`);
    }
  }
}
