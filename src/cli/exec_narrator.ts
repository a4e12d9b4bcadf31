import type { DriverEvent } from "../driver/driver_options.ts";
import type { HookedDriverOptions } from "../driver/hooked_driver.ts";
import { renderVerdict } from "../hooks/sample/render_verdict.ts";
import type { Runtime } from "../runtime/port.ts";
import { narrate, type NarrationContext, type Verbosity } from "./exec_narration.ts";
import type { OptionValues } from "./option_values.ts";
import { createStyle, isColored } from "./style.ts";

const DEFAULT_SAMPLE_TIME_MS = 1000;
const DEFAULT_GRACE_MS = 10_000;

/**
 * Makes the function that tells events of `exec` on stderr, each line marked as prekill's.
 *
 * @param name of the command
 * @param settings what the driver was given
 * @param values the options as given
 * @param runtime the host
 * @returns takes one event after the other
 */
export function createNarrator(
  name: string,
  settings: HookedDriverOptions,
  values: OptionValues,
  runtime: Runtime,
): (event: DriverEvent) => void {
  const style = createStyle(isColored(runtime, "stderr", values.text("color")));
  const context: NarrationContext = {
    name,
    verbosity: verbosityOf(values),
    sampleTimeMs: settings.sampleTimeMs ?? DEFAULT_SAMPLE_TIME_MS,
    hook: settings.hook ?? true,
    softSignal: settings.softSignal === undefined ? "SIGTERM" : settings.softSignal,
    graceMs: settings.graceMs ?? DEFAULT_GRACE_MS,
    renderVerdict,
  };
  return (event) => {
    for (const { text, tone } of narrate(event, context)) {
      runtime.writeSync("stderr", `${style("prekill:", "faint")} ${style(text, tone)}\n`);
    }
  };
}

function verbosityOf(values: OptionValues): Verbosity {
  if (values.has("quiet")) return "quiet";
  return values.has("verbose") ? "verbose" : "normal";
}
