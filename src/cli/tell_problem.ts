import { defuseCommands } from "../report/defuse_commands.ts";
import type { Runtime } from "../runtime/port.ts";
import { visibleText } from "../visible_text.ts";

/**
 * Says a sentence on standard error. It may quote what is hostile, to a terminal or to the log of GitHub Actions.
 *
 * @param runtime the host
 * @param sentence without its full stop
 */
export function tellProblem(runtime: Runtime, sentence: string): void {
  const text = `prekill: ${visibleText(sentence)}\n`;
  runtime.writeSync("stderr", runtime.getEnv("GITHUB_ACTIONS") === "true" ? defuseCommands(text) : text);
}
