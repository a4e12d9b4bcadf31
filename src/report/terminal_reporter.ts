import { noCounts } from "../status_counts.ts";
import type { SuiteEvent } from "../suite_events.ts";
import { RunFold } from "./fold_events.ts";
import { formatDuration } from "../duration.ts";
import { drawBar } from "./live_bar.ts";
import type { RunSummary } from "./run_summary.ts";
import { shownText } from "./shown_text.ts";
import { tellEvent } from "./tell_event.ts";
import type { FrameContext, TerminalOptions } from "./terminal_options.ts";
import { summarizeRun } from "./terminal_summary.ts";

interface RunningTest {
  readonly name: string;
  sinceMs: number;
  note: string;
}

const MIN_LEFT_MS = 1000;

/**
 * Tells of a run in a terminal while it goes on. It returns text that the caller writes, and asks for nothing: with a bar
 * (`isLive`) the text of events is kept for the next frame, which the caller asks for as often as it likes.
 */
export class TerminalReporter {
  readonly #options: TerminalOptions;
  readonly #fold = new RunFold();
  readonly #running = new Map<string, RunningTest>();
  readonly #lookedAt = new Set<string>();
  readonly #counts = noCounts();
  #planned = 0;
  #settled = 0;
  #jobs = 1;
  #startedAtMs = 0;
  #pausedAtMs: number | undefined;
  #expectedMs = 0;
  #pending = "";
  #barLines = 0;

  /**
   * Of one run.
   *
   * @param options how to write, and what to leave out
   */
  constructor(options: TerminalOptions) {
    this.#options = options;
  }

  /** What became of the run so far, for the other reports: the events need not be kept for them. */
  summary(): RunSummary {
    return this.#fold.summary();
  }

  /**
   * Takes the next event.
   *
   * @param event of the run; of one that is carried on, first those of its journal, whose text is dropped by `clear`
   * @returns lines to be written now; with a bar, nothing
   */
  onEvent(event: SuiteEvent): string {
    const isAsked = event.kind === "light-sample" && this.#lookedAt.delete(event.testId);
    this.#fold.add(event);
    this.#follow(event);
    const test = "testId" in event ? this.#fold.test(event.testId) : undefined;
    const name = test?.planned.name ?? "";
    const lines = tellEvent(event, { name, isAsked, last: test?.attempts.at(-1), ...this.#options });
    const text = lines.map((line) => `${line}\n`).join("");
    if (!this.#options.isLive) return text;
    this.#pending += text;
    return "";
  }

  /**
   * Draws the bar anew, below the lines of what has happened since.
   *
   * @param frame time and size of the terminal
   * @returns text that takes the place of the frame before; nothing without a bar
   */
  frame(frame: FrameContext): string {
    if (!this.#options.isLive) return "";
    const text = this.#clear() + this.#take();
    const lines = drawBar(this.#barState(frame.nowMs), frame, this.#options.style);
    this.#barLines = lines.length;
    return text + lines.join("\n");
  }

  /**
   * Removes the bar until the next frame, so that something else can be written.
   *
   * @returns text to be written; it ends at the begin of a line
   */
  clear(): string {
    return this.#clear() + this.#take();
  }

  /**
   * Tells what runs now and for how long. The next look at each of these tests will be told, too.
   *
   * @param nowMs milliseconds of the epoch
   * @returns lines to be written now; with a bar, nothing
   */
  look(nowMs: number): string {
    const running = this.#byAge();
    for (const [testId] of this.#running) this.#lookedAt.add(testId);
    const head = `${running.length} of ${this.#planned} tests running, ${this.#settled} done`;
    const lines = running.map(({ name, sinceMs, note }) =>
      `${formatDuration(Math.max(0, nowMs - sinceMs)).padStart(10)}  ${shownText(name)}${
        note === "" ? "" : ` (${note})`
      }`
    );
    const text = [head, ...lines].map((line) => `${line}\n`).join("");
    if (!this.#options.isLive) return text;
    this.#pending += text;
    return "";
  }

  /**
   * Sums the run up.
   *
   * @returns text to be written last; the bar is gone
   */
  end(): string {
    const before = this.clear();
    const summary = summarizeRun(this.#fold.summary(), this.#options);
    return `${before}${this.#options.verbosity === "quiet" ? "" : "\n"}${summary}`;
  }

  #follow(event: SuiteEvent): void {
    if (this.#startedAtMs === 0) this.#startedAtMs = event.atMs;
    const running = "testId" in event ? this.#running.get(event.testId) : undefined;
    switch (event.kind) {
      case "run-started":
        this.#jobs = Math.max(1, event.jobs);
        return;
      case "run-resumed":
        this.#resume(event.settled, event.atMs);
        return;
      case "tests-planned":
        this.#planned += event.tests.length;
        for (const { testId } of event.tests) this.#expectedMs += this.#expected(testId);
        return;
      case "test-started":
        this.#running.set(event.testId, { name: event.name, sinceMs: event.atMs, note: "" });
        return;
      case "attempt-started":
        this.#running.set(event.testId, {
          name: this.#fold.test(event.testId)?.planned.name ?? event.testId,
          sinceMs: event.atMs,
          note: event.attempt > 1 ? `attempt ${event.attempt}` : "",
        });
        return;
      case "slow":
        if (running !== undefined) running.note = "slow";
        return;
      case "sampling":
        if (running !== undefined) running.note = "looking into it";
        return;
      case "sampled":
        if (running !== undefined) running.note = "ending it";
        return;
      case "retry-planned":
        if (event.atEnd) this.#running.delete(event.testId);
        else if (running !== undefined) running.note = "to be tried again";
        return;
      case "test-settled":
        this.#running.delete(event.testId);
        this.#lookedAt.delete(event.testId);
        this.#settled++;
        this.#counts[event.status]++;
        this.#expectedMs -= this.#expected(event.testId);
        return;
      case "paused":
        this.#pausedAtMs = event.atMs;
        return;
      case "continued":
        // Time that nobody ran does not count.
        for (const test of this.#running.values()) test.sinceMs += event.pausedMs;
        this.#startedAtMs += event.pausedMs;
        this.#pausedAtMs = undefined;
    }
  }

  /** What is settled counts; the rest is planned again. */
  #resume(settled: number, atMs: number): void {
    this.#running.clear();
    this.#lookedAt.clear();
    this.#planned = this.#settled = settled;
    this.#expectedMs = 0;
    this.#startedAtMs = atMs;
    Object.assign(this.#counts, this.#fold.summary().counts, { "not-run": 0 });
  }

  #barState(nowMs: number): Parameters<typeof drawBar>[0] {
    return {
      counts: this.#counts,
      planned: this.#planned,
      settled: this.#settled,
      startedAtMs: this.#startedAtMs,
      running: this.#byAge(),
      leftMs: this.#leftMs(nowMs),
      isPaused: this.#pausedAtMs !== undefined,
    };
  }

  /** Until all is done, as earlier runs have it: not before the longest that runs, nor faster than all of them together. */
  #leftMs(nowMs: number): number | undefined {
    let restMs = this.#expectedMs;
    let longestMs = 0;
    for (const [testId, { sinceMs }] of this.#running) {
      const expectedMs = this.#expected(testId);
      const leftMs = Math.max(0, expectedMs - Math.max(0, nowMs - sinceMs));
      restMs -= expectedMs - leftMs;
      longestMs = Math.max(longestMs, leftMs);
    }
    const leftMs = Math.max(longestMs, restMs / this.#jobs);
    // Less is no news, and tests without a history are not in it.
    return leftMs < MIN_LEFT_MS ? undefined : leftMs;
  }

  #byAge(): RunningTest[] {
    return [...this.#running.values()].sort((a, b) => a.sinceMs - b.sinceMs);
  }

  #expected(testId: string): number {
    return this.#options.expectedMs?.get(testId) ?? 0;
  }

  #clear(): string {
    const lines = this.#barLines;
    this.#barLines = 0;
    if (lines === 0) return "";
    // To the first line of the bar, then all below is erased.
    return `\r${lines > 1 ? `\x1b[${lines - 1}A` : ""}\x1b[J`;
  }

  #take(): string {
    const text = this.#pending;
    this.#pending = "";
    return text;
  }
}
