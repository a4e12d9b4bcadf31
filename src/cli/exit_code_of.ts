import {
  EXIT_INTERNAL,
  EXIT_NOT_EXECUTABLE,
  EXIT_NOT_FOUND,
  EXIT_SIGNAL_BASE,
  EXIT_TIMED_OUT,
} from "../exit_codes.ts";
import type { Exit, Leak, Outcome } from "../outcome.ts";
import { signalNumber } from "../signals.ts";

/** What else decides about the exit code. */
export interface ExitCodeOptions {
  /** After a timeout, exit as the command did. */
  readonly preserveStatus?: boolean | undefined;
  /** Leaks that count as a failure; empty when they do not. */
  readonly failOnLeaks?: readonly Leak[] | undefined;
}

/** A command that was all right but left processes behind, with `--leaks fail`. */
const EXIT_LEAKED = 1;

/**
 * The exit code of `exec` and `timeout`.
 *
 * @param outcome what became of the command
 * @param options what else decides
 * @returns 0 to 255
 */
export function exitCodeOf(outcome: Outcome, options: ExitCodeOptions = {}): number {
  switch (outcome.kind) {
    case "exited":
      return outcome.code === 0 && (options.failOnLeaks ?? []).length > 0 ? EXIT_LEAKED : outcome.code;
    case "signalled":
      return codeOfExit(outcome);
    case "timed-out": {
      const { exit, killed } = outcome;
      // What could not be ended at all has no status of its own.
      if (exit === undefined) return killed ? EXIT_SIGNAL_BASE + signalNumber("SIGKILL") : EXIT_TIMED_OUT;
      const wasKilled = exit.kind === "signalled" && exit.signal === "SIGKILL";
      return options.preserveStatus === true || wasKilled ? codeOfExit(exit) : EXIT_TIMED_OUT;
    }
    case "cancelled":
      if (outcome.signal !== undefined) return EXIT_SIGNAL_BASE + signalNumber(outcome.signal);
      return outcome.exit === undefined ? EXIT_INTERNAL : codeOfExit(outcome.exit);
    case "not-started":
      if (outcome.reason === "not-found") return EXIT_NOT_FOUND;
      return outcome.reason === "not-executable" ? EXIT_NOT_EXECUTABLE : EXIT_INTERNAL;
  }
}

function codeOfExit(exit: Exit): number {
  return exit.kind === "exited" ? exit.code : EXIT_SIGNAL_BASE + signalNumber(exit.signal);
}
