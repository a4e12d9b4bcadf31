import { groupBy } from "../std/group_by.ts";
import { ALL } from "./common_options.ts";
import type { CommandSpec, OptionSpec } from "./option_spec.ts";

const HELP_COLUMN = 29;

/**
 * Writes the help of a subcommand: what it does, examples, then the options, in 80 columns.
 *
 * @param command the subcommand
 * @param which all options under their headings, or the common ones, to fit on a screen, where there are rare ones
 * @returns lines, the last one ended
 */
export function renderHelp(command: CommandSpec, which: "common" | "all"): string {
  const lines = [`Usage: ${command.name} ${command.usage}`, command.summary, ""];
  for (const example of command.examples) lines.push(`  ${example}`);
  const common = command.options.filter(({ isRare }) => isRare !== true);
  if (which === "common" && common.length < command.options.length) {
    const all = `${command.name} --help=${ALL}`;
    lines.push("", `Common options (${all} shows all ${command.options.length}):`);
    lines.push(...common.flatMap(optionLines));
  } else {
    for (const [group, options] of groupBy(command.options, (option) => option.group)) {
      lines.push("", `${group}:`, ...options.flatMap(optionLines));
    }
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
