import { noOldCommand } from "./no_old_command.ts";

/** A command stands at the begin of a line, blanks aside. */
const COMMAND = /^([^\S\n]*)::/gm;

/**
 * Keeps names and output of tests from acting as commands of GitHub Actions, which reads all that a step prints.
 *
 * @param text lines for people
 * @returns lines of which none is a command
 * @example Show what a test has printed
 * ```ts
 * import { defuseCommands } from "./defuse_commands.ts";
 *
 * if (defuseCommands("::error::x\n##[error]y") !== "| ::error::x\n## [error]y") throw new Error("unexpected");
 * ```
 */
export function defuseCommands(text: string): string {
  return noOldCommand(text).replace(COMMAND, "$1| ::");
}
