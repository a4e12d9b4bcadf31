import type { AttemptResult, DriverEvent } from "../driver/driver_options.ts";
import { HookedDriver, type HookedDriverOptions } from "../driver/hooked_driver.ts";
import { connectInterrupts } from "../driver/interrupts.ts";
import { messageOf } from "../errors.ts";
import type { Runtime } from "../runtime/port.ts";
import { chooseOutput, streamFacts } from "./choose_output.ts";
import { EXEC_COMMAND } from "./exec_options.ts";
import { execSettings } from "./exec_settings.ts";
import { exitCodeOf } from "./exit_code_of.ts";
import { OptionValues } from "./option_values.ts";

/**
 * `prekill exec`: one command under time limits. Nothing of prekill's own goes to stdout.
 *
 * @param args what follows the subcommand
 * @param runtime the host
 * @returns the exit code
 * @throws {UsageError} when it was called wrongly
 * @throws {HostError} when the host refuses what it needs
 */
export async function execCommand(args: readonly string[], runtime: Runtime): Promise<number> {
  const values = await OptionValues.parse(args, EXEC_COMMAND.options, "stop");
  if (values.has("help") || values.has("version")) {
    const { answerGeneral } = await import("./answer_general.ts");
    return await answerGeneral(values, EXEC_COMMAND, runtime);
  }
  const settings = await withRuntimeInspected(
    execSettings(values, chooseOutput(streamFacts(runtime))),
    values,
  );
  if (settings.sessionDir !== undefined || settings.hooksDir !== undefined) {
    const { checkFolders } = await import("./check_folders.ts");
    checkFolders(settings, runtime);
  }
  const driver = new HookedDriver(settings, runtime);
  // Before the start: a command that says that it is ready may be answered with Ctrl-C at once.
  const disconnect = connectInterrupts(runtime, driver, settings.newSession === false);
  const running = driver.run();
  // Words that cannot be loaded or written are no reason to leave the command alone.
  const narrated = tellEvents(driver, settings, values, runtime).catch((error: unknown) => {
    runtime.writeSync("stderr", `prekill: Cannot tell what happens: ${messageOf(error)}\n`);
  });
  const result = await running;
  await narrated;
  disconnect();
  const exitCode = exitCodeOf(result.outcome, {
    preserveStatus: values.has("preserve-status"),
    failOnLeaks: settings.leaks === "fail" ? result.leaks : [],
  });
  if (values.has("json")) runtime.writeSync("stderr", jsonLine(result, exitCode));
  return exitCode;
}

async function withRuntimeInspected(
  settings: HookedDriverOptions,
  values: OptionValues,
): Promise<HookedDriverOptions> {
  if (!values.has("inspect-runtime")) return settings;
  const { withInspector } = await import("../inspect_runtime.ts");
  const [program = settings.command[0], ...args] = withInspector(settings.command);
  return { ...settings, command: [program, ...args] };
}

/** Tells what happens on stderr. What is not told costs nothing: the words are loaded when there is something to say. */
async function tellEvents(
  driver: HookedDriver,
  settings: HookedDriverOptions,
  values: OptionValues,
  runtime: Runtime,
): Promise<void> {
  const verbose = values.has("verbose");
  let tell: ((event: DriverEvent) => void) | undefined;
  for await (const event of driver.events()) {
    if (isRoutine(event) && !verbose) continue;
    if (tell === undefined) {
      const { createNarrator } = await import("./exec_narrator.ts");
      tell = createNarrator(driver.name, settings, values, runtime);
    }
    tell(event);
  }
}

/** Whether an event is part of every run that goes well. */
function isRoutine(event: DriverEvent): boolean {
  if (event.kind === "attempt-settled") return /^(exited|signalled)$/.test(event.outcome.kind);
  return event.kind === "attempt-started" || event.kind === "exited";
}

function jsonLine(result: AttemptResult, exitCode: number): string {
  return JSON.stringify({ ...result, exitCode }) + "\n";
}
