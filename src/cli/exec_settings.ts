import type { HookedDriverOptions } from "../driver/hooked_driver.ts";
import { UsageError } from "../errors.ts";
import { parseSignal } from "../signals.ts";
import type { OutputChoice } from "./choose_output.ts";
import type { OptionValues } from "./option_values.ts";

/**
 * Makes the driver's options from the command line of `exec`.
 *
 * @param values the options as given
 * @param choice how the command is connected
 * @returns options for `HookedDriver`
 * @throws {UsageError} when a value cannot be read, or there is no command
 */
export function execSettings(values: OptionValues, choice: OutputChoice): HookedDriverOptions {
  const [program, ...args] = values.operands;
  if (program === undefined) {
    throw new UsageError(
      "Cannot run anything: no command was given; write prekill exec [OPTION]... -- COMMAND",
    );
  }
  if (program === "") throw new UsageError('Cannot run the command "": its name is empty; name a program');
  return {
    command: [program, ...args],
    // A variable that is not set gives an empty name, which would say nothing.
    name: values.text("name") || undefined,
    ...choice,
    timeoutMs: values.durationMs("timeout"),
    idleTimeoutMs: values.durationMs("idle-timeout"),
    startupTimeoutMs: values.durationMs("startup-timeout"),
    slowAfterMs: values.durationMs("slow-after"),
    graceMs: values.durationMs("grace"),
    softSignal: softSignalOf(values),
    leaks: values.text("leaks") as HookedDriverOptions["leaks"],
    drainTimeoutMs: values.durationMs("drain-timeout"),
    sampleTimeMs: values.durationMs("sample-time"),
    sampleEnvironment: values.has("sample-env"),
    sessionDir: values.text("session-dir"),
    hooksDir: values.text("hooks-dir"),
    preKillCommand: values.text("pre-kill-command"),
    hookTimeoutMs: values.durationMs("hook-timeout"),
    hook: !values.has("no-hook"),
  };
}

/** The soft kill's signal; `null` for none, undefined for the driver's own choice. */
function softSignalOf(values: OptionValues): string | null | undefined {
  const text = values.text("signal");
  if (!values.has("core")) return text === undefined ? undefined : parseSignal(text) ?? null;
  if (text !== undefined) {
    throw new UsageError("Cannot use --core and --signal together: --core is --signal QUIT; leave one out");
  }
  return "SIGQUIT";
}
