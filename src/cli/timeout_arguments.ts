import { parseDuration } from "../duration.ts";
import { UsageError } from "../errors.ts";
import { parseSignal } from "../signals.ts";
import { parseGnuDuration } from "./gnu_duration.ts";
import { type GivenOption, type OptionError, parseOptions } from "./parse_options.ts";
import { TIMEOUT_COMMAND } from "./timeout_options.ts";

/** What `timeout` is to do. */
export interface TimeoutSettings {
  readonly command: readonly [string, ...string[]];
  /** 0 or `Infinity` is no limit. */
  readonly timeoutMs: number;
  /** 0 sends no KILL. */
  readonly killAfterMs: number;
  /** `null` is signal 0. */
  readonly signal: string | null;
  readonly foreground: boolean;
  readonly preserveStatus: boolean;
  readonly verbose: boolean;
  readonly explain: boolean;
  readonly hook: boolean;
  readonly sampleTimeMs: number;
  readonly sessionDir: string | undefined;
}

/** What a command line of `timeout` asks for. `message` is what GNU timeout says, if anything, before its hint at --help. */
export type TimeoutArguments =
  | { readonly kind: "run"; readonly settings: TimeoutSettings }
  | { readonly kind: "help" | "version" }
  | { readonly kind: "wrong"; readonly message: string | undefined };

const DEFAULT_SAMPLE_TIME_MS = 250;

/**
 * Reads a command line as GNU timeout does, in its order, so that of several mistakes the same one is told.
 *
 * @param args what follows the name
 * @param quote puts a word in quotation marks for a message
 * @returns what to do
 * @throws {UsageError} when an option of prekill's own has a wrong value
 */
export function readTimeoutArguments(
  args: readonly string[],
  quote: (text: string) => string,
): TimeoutArguments {
  const { given, operands, error } = parseOptions(args, TIMEOUT_COMMAND.options, "stop");
  let killAfterMs = 0;
  let signal: string | null = "SIGTERM";
  for (const { name, value } of given) {
    switch (name) {
      case "help":
      case "version":
        return { kind: name };
      case "kill-after": {
        const ms = parseGnuDuration(value);
        if (ms === undefined) return invalidInterval(value, quote);
        killAfterMs = ms;
        break;
      }
      case "signal": {
        const parsed = readSignal(value);
        if (parsed === undefined) return { kind: "wrong", message: `${quote(value)}: invalid signal` };
        signal = parsed;
        break;
      }
    }
  }
  if (error !== undefined) return { kind: "wrong", message: getoptMessage(error) };
  const [duration, program, ...rest] = operands;
  if (duration === undefined || program === undefined) return { kind: "wrong", message: undefined };
  const timeoutMs = parseGnuDuration(duration);
  if (timeoutMs === undefined) return invalidInterval(duration, quote);
  const own = ownOptions(given);
  return { kind: "run", settings: { command: [program, ...rest], timeoutMs, killAfterMs, signal, ...own } };
}

function ownOptions(
  given: readonly GivenOption[],
): Omit<TimeoutSettings, "command" | "timeoutMs" | "killAfterMs" | "signal"> {
  const has = (name: string): boolean => given.some((option) => option.name === name);
  const text = (name: string): string | undefined => given.findLast((option) => option.name === name)?.value;
  const sampleTime = text("sample-time");
  return {
    foreground: has("foreground"),
    preserveStatus: has("preserve-status"),
    verbose: has("verbose"),
    explain: has("explain"),
    hook: !has("no-hook"),
    sampleTimeMs: sampleTime === undefined ? DEFAULT_SAMPLE_TIME_MS : parseDuration(sampleTime),
    sessionDir: text("session-dir"),
  };
}

/** GNU takes the exit status of a signalled process (137) for its signal too. */
function readSignal(text: string): string | null | undefined {
  const status = /^\d+$/.test(text) ? Number(text) : 0;
  try {
    return parseSignal(status > 128 && status <= 255 ? String(status - 128) : text) ?? null;
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

function invalidInterval(text: string, quote: (text: string) => string): TimeoutArguments {
  return { kind: "wrong", message: `invalid time interval ${quote(text)}` };
}

/** The messages of getopt_long(3). */
function getoptMessage(error: OptionError): string {
  switch (error.kind) {
    case "unknown-long":
      return `unrecognized option '${error.argument}'`;
    case "unknown-short":
      return `invalid option -- '${error.letter}'`;
    case "ambiguous": {
      const candidates = error.candidates.map((name) => `'--${name}'`).join(" ");
      return `option '${error.argument}' is ambiguous; possibilities: ${candidates}`;
    }
    case "missing-value":
      return error.written.startsWith("--")
        ? `option '${error.written}' requires an argument`
        : `option requires an argument -- '${error.written}'`;
    case "unexpected-value":
      return `option '--${error.name}' doesn't allow an argument`;
  }
}
