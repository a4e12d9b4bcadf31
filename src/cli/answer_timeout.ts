import type { Runtime } from "../runtime/port.ts";
import { VERSION } from "../version.ts";
import { renderHelp } from "./render_help.ts";
import { TIMEOUT_COMMAND } from "./timeout_options.ts";

/**
 * Answers `timeout --help` and `timeout --version`, on stdout.
 *
 * @param question which of the two
 * @param runtime the host
 * @returns exit code 0
 */
export async function answerTimeout(question: "help" | "version", runtime: Runtime): Promise<number> {
  const text = question === "help" ? renderHelp(TIMEOUT_COMMAND, "all") : `timeout (prekill) ${VERSION}\n`;
  await runtime.write("stdout", new TextEncoder().encode(text));
  return 0;
}
