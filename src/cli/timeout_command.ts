import type { DriverEvent } from "../driver/driver_options.ts";
import { HookedDriver, type HookedDriverOptions } from "../driver/hooked_driver.ts";
import { signalActions } from "../driver/interrupts.ts";
import { messageOf } from "../errors.ts";
import { EXIT_INTERNAL } from "../exit_codes.ts";
import type { Outcome } from "../outcome.ts";
import type { Runtime } from "../runtime/port.ts";
import { createLister } from "../tree/create_lister.ts";
import { exitCodeOf } from "./exit_code_of.ts";
import { gnuQuote, isUtf8Locale } from "./gnu_quote.ts";
import { inheritIgnoredPipe } from "./inherit_ignored_pipe.ts";
import { readTimeoutArguments, type TimeoutSettings } from "./timeout_arguments.ts";

/** Signals that end a program by default and that GNU timeout hands on to its command. */
const PASSED_ON = "HUP INT QUIT TERM USR1 USR2 TRAP ABRT PIPE STKFLT XCPU XFSZ VTALRM PROF IO PWR SYS".split(
  " ",
).map((name) => `SIG${name}`);

/**
 * `prekill timeout`: GNU timeout's options, messages and exit codes, with a look at the process before the signal.
 *
 * @param args what follows the subcommand
 * @param runtime the host
 * @returns the exit code
 * @throws {UsageError} when an option of prekill's own was used wrongly
 * @throws {HostError} when the session directory cannot be used
 */
export async function timeoutCommand(args: readonly string[], runtime: Runtime): Promise<number> {
  const quote = (text: string): string => gnuQuote(text, isUtf8Locale((name) => runtime.getEnv(name)));
  const say = (text: string): void => runtime.writeSync("stderr", `timeout: ${text}\n`);
  const read = readTimeoutArguments(args, quote);
  switch (read.kind) {
    case "wrong":
      if (read.message !== undefined) say(read.message);
      runtime.writeSync("stderr", "Try 'timeout --help' for more information.\n");
      return EXIT_INTERNAL;
    case "help":
    case "version": {
      const { answerTimeout } = await import("./answer_timeout.ts");
      return await answerTimeout(read.kind, runtime);
    }
    case "run":
      return await runTimeout(read.settings, runtime, { quote, say });
  }
}

/** How `timeout` speaks. */
interface Speech {
  quote(text: string): string;
  say(text: string): void;
}

async function runTimeout(settings: TimeoutSettings, runtime: Runtime, speech: Speech): Promise<number> {
  const [program] = settings.command;
  const options = await driverOptions(settings, runtime);
  if (options.sessionDir !== undefined) (await import("./check_folders.ts")).checkFolders(options, runtime);
  const driver = new HookedDriver(options, runtime);
  const disconnect = passSignalsOn(driver, settings.signal, runtime);
  // Words that cannot be loaded are no reason to leave the command alone.
  const told = tellEvents(driver, settings, runtime, speech).catch((error: unknown) =>
    speech.say(messageOf(error))
  );
  const { outcome } = await driver.run();
  await told;
  disconnect();
  if (outcome.kind === "not-started") {
    speech.say(`failed to run command ${speech.quote(program)}: ${startFailure(outcome)}`);
  }
  return exitCodeOf(outcome, { preserveStatus: settings.preserveStatus });
}

async function driverOptions(settings: TimeoutSettings, runtime: Runtime): Promise<HookedDriverOptions> {
  const { PREKILL_ARGV0: _, ...env } = runtime.environment();
  return {
    command: inheritIgnoredPipe(settings.command, runtime),
    name: settings.command[0].replace(/^.*\//, ""),
    env,
    output: { kind: "inherit" },
    newSession: !settings.foreground && !await ownsTerminalJob(runtime),
    processOnly: settings.foreground,
    timeoutMs: settings.timeoutMs,
    softSignal: settings.signal,
    graceMs: settings.killAfterMs,
    hardKill: settings.killAfterMs > 0,
    // GNU timeout neither looks for what a command leaves behind nor waits for it.
    leaks: "keep",
    drainTimeoutMs: 0,
    sampleOnInterrupt: false,
    sampleTimeMs: settings.sampleTimeMs,
    sessionDir: settings.sessionDir,
    hook: settings.hook,
  };
}

/** Whether a shell has made prekill a job of its own at a terminal, which the command then shares as GNU's does. */
async function ownsTerminalJob(runtime: Runtime): Promise<boolean> {
  const terminal = (["stdin", "stdout", "stderr"] as const).some((stream) => runtime.isTerminal(stream));
  if (!terminal) return false;
  const lister = createLister(runtime);
  await lister.refresh?.();
  return lister.read(runtime.pid)?.pgid === runtime.pid;
}

/** Hands ending signals on to the command; ALRM is the timeout. What was ignored at the start stays ignored. */
function passSignalsOn(driver: HookedDriver, softSignal: string | null, runtime: Runtime): () => void {
  const atStart = signalActions(runtime, "self");
  const disposers = [runtime.onSignal("SIGALRM", () => driver.timeOutNow())];
  for (const signal of new Set([...PASSED_ON, ...(softSignal === null ? [] : [softSignal])])) {
    if (signal === "SIGALRM" || (atStart.ignores(signal) && signal !== softSignal)) continue;
    disposers.push(runtime.onSignal(signal, () => driver.passOn(signal)));
  }
  return () => {
    for (const dispose of disposers) dispose();
  };
}

async function tellEvents(
  driver: HookedDriver,
  settings: TimeoutSettings,
  runtime: Runtime,
  { quote, say }: Speech,
): Promise<void> {
  const sending = (signal: string): void => {
    if (settings.verbose) say(`sending signal ${signal} to command ${quote(settings.command[0])}`);
  };
  for await (const event of driver.events()) {
    if (event.kind === "signal-sent") sending(event.signal.replace(/^SIG/, ""));
    if (event.kind !== "sampled") continue;
    if (settings.explain || runtime.isTerminal("stderr")) await explain(event, say);
    // The driver has nothing to send for signal 0, but GNU timeout tells of it all the same.
    if (settings.signal === null) sending("0");
  }
}

async function explain(event: DriverEvent & { kind: "sampled" }, say: (text: string) => void): Promise<void> {
  const { sampledLines } = await import("./exec_narration.ts");
  const { renderVerdict } = await import("../hooks/sample/render_verdict.ts");
  if (event.hook.message !== undefined) say(event.hook.message);
  for (const { text } of sampledLines(event.hook, renderVerdict)) say(text);
}

function startFailure(outcome: Outcome & { kind: "not-started" }): string {
  switch (outcome.reason) {
    case "not-found":
      return "No such file or directory";
    case "not-executable":
      return "Permission denied";
    default:
      return outcome.message;
  }
}
