import { groupBy } from "../std/group_by.ts";
import type { CommandSpec, OptionSpec } from "./option_spec.ts";

const HELP_COLUMN = 29;

/**
 * Writes the help of a subcommand: what it does, examples, then the options under their headings, in 80 columns.
 *
 * @param command the subcommand
 * @returns lines, the last one ended
 */
export function renderHelp(command: CommandSpec): string {
  const lines = [`Usage: ${command.name} ${command.usage}`, command.summary, ""];
  for (const example of command.examples) lines.push(`  ${example}`);
  for (const [group, options] of groupBy(command.options, (option) => option.group)) {
    lines.push("", `${group}:`, ...options.flatMap(optionLines));
  }
  if (command.notes !== undefined) lines.push("", ...command.notes);
  return lines.join("\n") + "\n";
}

function optionLines(option: OptionSpec): string[] {
  const letter = option.short === undefined ? "    " : `-${option.short}, `;
  const names = `  ${letter}--${option.name}${valueText(option)}`;
  const more = (option.more ?? []).map((line) => " ".repeat(HELP_COLUMN + 1) + line);
  return [`${names.padEnd(HELP_COLUMN)} ${option.help}`, ...more];
}

function valueText({ value, valueIsOptional }: OptionSpec): string {
  if (value === undefined) return "";
  return valueIsOptional === true ? `[=${value}]` : ` ${value}`;
}
