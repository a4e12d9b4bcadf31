import { formatDuration } from "../duration.ts";
import type { Exit, Leak } from "../outcome.ts";
import type { ReportedAttempt } from "./run_summary.ts";
import { shownText } from "./shown_text.ts";

const MAX_LEAKS = 5;

/**
 * Says how an attempt ended, to follow the name of its test.
 *
 * @param attempt any
 * @returns the rest of a sentence, such as `timed out after 10 s and was ended by TERM`
 */
export function describeAttempt(attempt: ReportedAttempt): string {
  const { outcome, reason } = attempt;
  const end = endText(attempt);
  const isTold = reason === undefined || (outcome.kind === "not-started" && outcome.message === reason);
  return isTold ? end : `${end}: ${shownText(reason)}`;
}

/**
 * Names the processes that an attempt left behind.
 *
 * @param leaks of an attempt
 * @returns a line on each, of the first few
 */
export function describeLeaks(leaks: readonly Leak[] = []): string[] {
  const lines = leaks.slice(0, MAX_LEAKS).map(({ command, pid, ageMs, holdsOutput, fate }) => {
    const output = holdsOutput ? ", holding its output open" : "";
    const name = shownText(command.join(" ")) || "a process";
    return `left behind: ${name} (pid ${pid}, ${formatDuration(ageMs)} old${output}): ${FATES[fate]}`;
  });
  if (leaks.length > MAX_LEAKS) lines.push(`left behind: ${leaks.length - MAX_LEAKS} more`);
  return lines;
}

const FATES: Readonly<Record<Leak["fate"], string>> = {
  killed: "killed",
  kept: "left running",
  ended: "ended by itself",
  survived: "still there, KILL did not end it",
};

function endText(attempt: ReportedAttempt): string {
  const { outcome, status, leaks = [] } = attempt;
  switch (outcome.kind) {
    case "exited":
    case "signalled":
      if (status === "leaked") {
        return `exited with 0, but left ${
          leaks.length === 1 ? "a process" : `${leaks.length} processes`
        } behind`;
      }
      return exitText(outcome);
    case "timed-out": {
      const time = formatDuration(attempt.limitMs ?? attempt.elapsedMs);
      const limit = {
        timeout: `timed out after ${time}`,
        idle: `printed nothing for ${time}`,
        startup: `printed nothing in its first ${time}`,
        exit: `had finished but did not exit for ${time}`,
      }[outcome.limit];
      return `${limit} and ${outcome.exit === undefined ? "could not be ended" : exitText(outcome.exit)}`;
    }
    case "cancelled":
      return outcome.exit === undefined ? "could not be ended" : exitText(outcome.exit);
    case "not-started":
      return shownText(outcome.message);
  }
}

function exitText(exit: Exit): string {
  if (exit.kind === "exited") return `exited with ${exit.code}`;
  return exit.signal === "SIGKILL"
    ? "was killed"
    : `was ended by ${shownText(exit.signal).replace(/^SIG/, "")}`;
}
