import type { CommandSpec, OptionSpec } from "./option_spec.ts";
import type { SubcommandSpec } from "./subcommand_specs.ts";
import { valueKind } from "./value_kind.ts";

/**
 * Writes the completions for fish.
 *
 * @param subcommands all of them
 * @returns the script
 */
export function renderFishCompletion(subcommands: readonly SubcommandSpec[]): string {
  const words = subcommands.map(({ word }) => word);
  return `# fish completion of prekill, written by: prekill completions fish
# The words of the command that exec or timeout run, after SKIPPED other operands, one a line; fails when none has begun.
function __prekill_command -a skipped
    set -l words (commandline -opc)
    set -e words[1..2]
    while set -q words[1]
        switch $words[1]
            case --
                set -e words[1]
                string join \\n -- $words
                return 0
            case ${
    words.flatMap((_, index) => valuedOptions(subcommands[index]!.spec)).filter(isFirst).join(" ")
  }
                set -q words[2]; or return 1
                set -e words[1]
            case '-*'
            case '*'
                if test $skipped -eq 0
                    string join \\n -- $words
                    return 0
                end
                set skipped (math $skipped - 1)
        end
        set -e words[1]
    end
    test $skipped -eq 0; and string match -qv -- '-*' (commandline -ct)
end
# Whether a subcommand is being written, and the command that it runs has not begun.
function __prekill_in -a subcommand skipped
    __fish_seen_subcommand_from $subcommand; or return 1
    test -z "$skipped"; and return 0
    not __prekill_command $skipped >/dev/null
end
function __prekill_complete_command -a skipped
    set -l words (__prekill_command $skipped)
    complete -C (string join ' ' -- (string escape -- $words) (commandline -ct))
end
complete -c prekill -f
complete -c prekill -n __fish_use_subcommand -l help -s h -d 'show this help'
complete -c prekill -n __fish_use_subcommand -l version -d 'show the version'
complete -c prekill -n __fish_use_subcommand -a help -d 'show the help of a subcommand'
complete -c prekill -n '__fish_seen_subcommand_from help' -l man -d 'the manual page'
complete -c prekill -n '__fish_seen_subcommand_from help' -a '${words.join(" ")}'
${subcommands.flatMap(subcommandLines).join("\n")}
`;
}

function subcommandLines({ word, spec }: SubcommandSpec): string[] {
  const skipped = skippedOperands(spec);
  const condition = quote(`__prekill_in ${word}${skipped === undefined ? "" : ` ${skipped}`}`);
  return [
    `complete -c prekill -n __fish_use_subcommand -a ${word} -d ${quote(spec.summary)}`,
    ...spec.options.map((option) => `complete -c prekill -n ${condition} ${optionWords(option)}`),
    ...operandWords(spec).map((words) =>
      skipped === undefined
        ? `complete -c prekill -n ${condition} ${words}`
        : `complete -c prekill -n ${
          quote(`__fish_seen_subcommand_from ${word}; and __prekill_command ${skipped} >/dev/null`)
        } ${words}`
    ),
  ];
}

/** How many operands stand before the command; undefined for a subcommand that runs none. */
function skippedOperands({ operands }: CommandSpec): number | undefined {
  return operands === "command" ? 0 : operands === "duration-command" ? 1 : undefined;
}

function optionWords(option: OptionSpec): string {
  const letter = option.short === undefined ? "" : ` -s ${option.short}`;
  return `-l ${option.name}${letter}${valueWords(option)} -d ${quote(option.help)}`;
}

function valueWords(option: OptionSpec): string {
  if (option.valueIsOptional === true) return "";
  const value = valueKind(option);
  switch (value.kind) {
    case "none":
      return "";
    case "choices":
      return ` -x -a ${quote(value.choices.join(" "))}`;
    case "file":
      return " -r -F";
    case "directory":
      return ` -x -a '(__fish_complete_directories (commandline -ct))'`;
    case "signal":
      return ` -x -a '(kill -l | string split " ")'`;
    case "anything":
      return " -x";
  }
}

function operandWords(spec: CommandSpec): string[] {
  const { operands } = spec;
  if (operands === undefined) return [];
  if (typeof operands === "object") return [`-a ${quote(operands.choices.join(" "))}`];
  switch (operands) {
    case "command":
    case "duration-command":
      return [`-a '(__prekill_complete_command ${skippedOperands(spec)})'`];
    case "files":
      return ["-F"];
    case "directories":
      return [`-a '(__fish_complete_directories (commandline -ct))'`];
    case "process":
      return [`-a '(__fish_complete_pids)'`];
  }
}

function valuedOptions({ options }: CommandSpec): string[] {
  return options.filter(({ value, valueIsOptional }) => value !== undefined && valueIsOptional !== true)
    .flatMap(({ name, short }) => short === undefined ? [`--${name}`] : [`--${name}`, `-${short}`]);
}

function isFirst<T>(item: T, index: number, items: readonly T[]): boolean {
  return items.indexOf(item) === index;
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
