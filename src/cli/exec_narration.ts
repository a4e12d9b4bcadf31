import type { DriverEvent } from "../driver/driver_options.ts";
import { formatDuration } from "../duration.ts";
import type { HookRecord } from "../hook_record.ts";
import type { Exit, Leak, Outcome, TimeLimit } from "../outcome.ts";
import type { Diagnosis } from "../sample_document.ts";
import { visibleText } from "../visible_text.ts";
import type { Tone } from "./style.ts";

/** One line for stderr, without the prefix. */
export interface NarrationLine {
  readonly text: string;
  readonly tone: Tone;
}

/** How much is told. */
export type Verbosity = "quiet" | "normal" | "verbose";

/** What the words depend on, beside the event. */
export interface NarrationContext {
  /** Name of the command. */
  readonly name: string;
  readonly verbosity: Verbosity;
  readonly sampleTimeMs: number;
  /** Whether the hook runs at all. */
  readonly hook: boolean;
  readonly softSignal: string | null;
  readonly graceMs: number;
  /** Puts a diagnosis in words, in lines. */
  readonly renderVerdict: (diagnosis: Diagnosis) => string;
}

/**
 * Tells an event of `exec` in words.
 *
 * @param event what happened
 * @param context what the words depend on
 * @returns lines of printable text; none for what need not be told
 */
export function narrate(event: DriverEvent, context: NarrationContext): NarrationLine[] {
  const lines = [...importantLines(event, context)];
  if (context.verbosity !== "quiet") lines.push(...normalLines(event, context));
  if (context.verbosity === "verbose") lines.push(...verboseLines(event, context));
  return lines;
}

/** What is told even with `--quiet`: errors, and evidence that would be lost. */
function importantLines(event: DriverEvent, context: NarrationContext): NarrationLine[] {
  if (event.kind === "sampled") {
    const { message, unsavedText } = event.hook;
    const lines: NarrationLine[] = [];
    if (message !== undefined && context.hook) lines.push(line(message, "bad"));
    if (unsavedText !== undefined) {
      lines.push(line("the sample could not be written to a file; here it is:", "bad"));
      lines.push(...unsavedText.trimEnd().split("\n").map((text) => line(text, "plain")));
    }
    return lines;
  }
  if (event.kind === "attempt-settled" && event.outcome.kind === "not-started") {
    return [line(event.outcome.message, "bad")];
  }
  return [];
}

function normalLines(event: DriverEvent, context: NarrationContext): NarrationLine[] {
  const { name } = context;
  switch (event.kind) {
    case "slow":
      return [line(`${name} is slow: ${formatDuration(event.elapsedMs)} so far; it goes on`, "strong")];
    case "limit-reached": {
      const next = context.hook ? `looking into it (${formatDuration(context.sampleTimeMs)})` : "ending it";
      return [line(`${limitText(name, event.limit, formatDuration(event.limitMs))}; ${next}`, "bad")];
    }
    case "sampling":
      if (event.reason !== "manual" || !context.hook) return [];
      return [line(`${name} is to be ended by a signal; a quick look at it first`, "strong")];
    case "sampled":
      return sampledLines(event.hook, context.renderVerdict);
    case "leak":
      return [line(leakText(name, event.leak), event.leak.fate === "kept" ? "strong" : "bad")];
    case "attempt-settled": {
      const text = endingText(event.outcome, context);
      return text === undefined ? [] : [line(text, "plain")];
    }
    default:
      return [];
  }
}

function verboseLines(event: DriverEvent, context: NarrationContext): NarrationLine[] {
  switch (event.kind) {
    case "attempt-started":
      return [line(`started ${event.command.join(" ")} (pid ${event.pid})`, "faint")];
    case "light-sample": {
      const after = formatDuration(event.elapsedMs);
      return [line(`light sample after ${after}: ${event.diagnosis.summary}`, "faint")];
    }
    case "signal-sent":
      return [line(`sent ${shortSignal(event.signal)} to the ${event.to}`, "faint")];
    case "attempt-settled": {
      const { outcome, elapsedMs } = event;
      if (outcome.kind !== "exited" && outcome.kind !== "signalled") return [];
      return [line(`${context.name} ${exitText(outcome)} after ${formatDuration(elapsedMs)}`, "faint")];
    }
    default:
      return [];
  }
}

/**
 * Tells what the hook found.
 *
 * @param hook the hook's record
 * @param renderVerdict puts a diagnosis in words, in lines
 * @returns the verdict and where the sample is
 */
export function sampledLines(
  hook: HookRecord,
  renderVerdict: NarrationContext["renderVerdict"],
): NarrationLine[] {
  const verdict = hook.diagnosis === undefined ? [] : renderVerdict(hook.diagnosis).split("\n");
  return [
    ...verdict.map((text, index) => line(text, index === 0 ? "strong" : "plain")),
    ...hook.files.filter((path) => !path.includes(".sample.json")).map((path) =>
      line(`sample: ${path}`, "plain")
    ),
  ];
}

function limitText(name: string, limit: TimeLimit, time: string): string {
  switch (limit) {
    case "timeout":
      return `${name} timed out after ${time}`;
    case "idle":
      return `${name} has printed nothing for ${time}`;
    case "startup":
      return `${name} was started ${time} ago and has printed nothing yet`;
    case "exit":
      return `${name} has finished but not exited for ${time}`;
  }
}

function leakText(name: string, leak: Leak): string {
  const command = leak.command.join(" ") || "a process";
  const output = leak.holdsOutput ? ", holding its output open" : "";
  const fate = {
    killed: "killed",
    kept: "left running",
    ended: "ended by itself",
    survived: "still there, KILL did not end it",
  }[leak.fate];
  return `left behind by ${name}: ${command} (pid ${leak.pid}, ${
    formatDuration(leak.ageMs)
  } old${output}): ${fate}`;
}

function endingText(outcome: Outcome, context: NarrationContext): string | undefined {
  const { name, softSignal, graceMs } = context;
  switch (outcome.kind) {
    case "timed-out":
      if (outcome.exit === undefined) return `${name} could not be ended, not even by KILL`;
      if (outcome.killed && softSignal !== null && graceMs > 0) {
        return `${name} did not end within ${formatDuration(graceMs)} of ${shortSignal(softSignal)}: killed`;
      }
      return `${name} ${exitText(outcome.exit)}`;
    case "cancelled":
      if (outcome.exit === undefined) return undefined;
      return `${name} ${exitText(outcome.exit)}, after ${
        shortSignal(outcome.signal ?? "cancellation")
      } to prekill`;
    default:
      return undefined;
  }
}

function exitText(exit: Exit): string {
  if (exit.kind === "exited") return `exited with ${exit.code}`;
  return exit.signal === "SIGKILL" ? "was killed" : `was ended by ${shortSignal(exit.signal)}`;
}

function shortSignal(signal: string): string {
  return signal.replace(/^SIG/, "");
}

function line(text: string, tone: Tone): NarrationLine {
  return { text: visibleText(text), tone };
}
