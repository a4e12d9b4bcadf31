import { formatDuration } from "../duration.ts";
import { isBad } from "../status_counts.ts";
import type { SuiteEvent } from "../suite_events.ts";
import { describeAttempt } from "./describe_attempt.ts";
import type { ReportedAttempt } from "./run_summary.ts";
import { shownText } from "./shown_text.ts";
import { STATUS_TONES } from "./status_words.ts";
import type { TerminalOptions } from "./terminal_options.ts";

/** What the words depend on, beside the event. */
export interface TellContext extends Pick<TerminalOptions, "verbosity" | "style"> {
  /** Of the event's test. */
  readonly name: string;
  /** Whether somebody asked for this look. */
  readonly isAsked: boolean;
  /** The attempt of the test that ended last. */
  readonly last?: ReportedAttempt | undefined;
}

const LIMIT_WORDS = { timeout: "timeout", idle: "idle limit", startup: "startup limit", exit: "exit limit" };

/**
 * Tells an event of a run in words, for a terminal or a log.
 *
 * @param event what happened
 * @param context what the words depend on
 * @returns lines of printable text; none for what need not be told
 */
export function tellEvent(event: SuiteEvent, context: TellContext): string[] {
  const { style, verbosity } = context;
  const name = shownText(context.name);
  switch (event.kind) {
    case "test-settled":
      return tellSettled(event, context);
    case "stopping":
      return [style(`stopping: ${shownText(event.detail)}`, "strong")];
    case "light-sample":
      if (!context.isAsked && verbosity !== "verbose") return [];
      return [
        `${formatDuration(event.elapsedMs).padStart(10)}  ${name}: ${shownText(event.summary)}`,
      ];
    default:
      return verbosity === "quiet" ? [] : tellProgress(event, name, context);
  }
}

function tellProgress(event: SuiteEvent, name: string, { style, verbosity, last }: TellContext): string[] {
  const faint = (text: string): string[] => verbosity === "verbose" ? [style(text, "faint")] : [];
  switch (event.kind) {
    case "run-resumed":
      return [`carrying on: ${event.settled} tests are settled, ${event.left} are left`];
    case "slow":
      return [style(`${label("slow")} ${time(event.elapsedMs)}  ${name}: it goes on`, "strong")];
    case "limit-reached":
      return faint(`${name} has reached its ${LIMIT_WORDS[event.limit]} of ${formatDuration(event.limitMs)}`);
    case "attempt-started":
      return faint(`started ${name}, attempt ${event.attempt} (pid ${event.pid})`);
    case "attempt-settled":
      if (!isBad(event.status)) return [];
      return faint(`${name}, attempt ${event.attempt} ${describeAttempt(last ?? event)}`);
    case "retry-planned": {
      const when = event.atEnd
        ? " at the end"
        : event.afterMs > 0
        ? ` in ${formatDuration(event.afterMs)}`
        : "";
      return [
        style(`${label("retry")} ${" ".repeat(TIME_COLUMNS)}  ${name}: to be tried again${when}`, "strong"),
      ];
    }
    case "paused":
      return [style("paused: the tests are stopped, their clocks, too", "strong")];
    case "continued":
      return [style(`continued after ${formatDuration(event.pausedMs)}`, "strong")];
    default:
      return [];
  }
}

function tellSettled(
  event: Extract<SuiteEvent, { kind: "test-settled" }>,
  { style, verbosity, last }: TellContext,
): string[] {
  const { status, elapsedMs, attempts } = event;
  if (verbosity === "quiet" && !isBad(status)) return [];
  // Those that had no turn are counted in the summary.
  if (status === "not-run" && attempts === 0 && verbosity !== "verbose") return [];
  const tries = attempts > 1 ? ` (${attempts} attempts)` : "";
  const why = whyTexts(event, last).map((text) => `: ${shownText(text)}`).join("");
  return [
    `${style(label(status), STATUS_TONES[status])} ${style(time(elapsedMs), "faint")}  ${
      shownText(event.name)
    }${tries}${why}`,
  ];
}

function whyTexts(
  { status, reason }: Extract<SuiteEvent, { kind: "test-settled" }>,
  last: TellContext["last"],
): string[] {
  if (status === "passed" || status === "flaky") return [];
  const summary = last?.hook?.diagnosis?.summary;
  if (isBad(status)) return last === undefined ? [] : [summary ?? describeAttempt(last)];
  return [reason ?? last?.reason, summary].filter((text) => text !== undefined);
}

const LABEL_COLUMNS = 9;
const TIME_COLUMNS = 10;

function label(text: string): string {
  return text.replace("-", " ").padEnd(LABEL_COLUMNS);
}

function time(ms: number): string {
  return formatDuration(ms).padStart(TIME_COLUMNS);
}
