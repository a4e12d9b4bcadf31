import type { CommandSpec, OptionSpec } from "./option_spec.ts";
import type { SubcommandSpec } from "./subcommand_specs.ts";
import { valueKind } from "./value_kind.ts";

/**
 * Writes the completions for zsh, by its `_arguments`.
 *
 * @param subcommands all of them
 * @returns the script, to be saved as `_prekill` in a folder of `fpath`
 */
export function renderZshCompletion(subcommands: readonly SubcommandSpec[]): string {
  const described = subcommands.map(({ word, spec }) => quote(`${word}:${spec.summary}`));
  return `#compdef prekill
# zsh completion of prekill, written by: prekill completions zsh
_prekill() {
  local -a subcommands=(
${described.map((line) => `    ${line}`).join("\n")}
    'help:show the help of a subcommand'
  )
  local curcontext=$curcontext state line
  _arguments -C '(- 1 *)'{-h,--help}'[show this help]' '(- 1 *)--version[show the version]' \\
    '1: :->subcommand' '*:: :->rest' && return
  if [[ $state == subcommand ]]; then
    _describe subcommand subcommands
    return
  fi
  case $words[1] in
${subcommands.map(subcommandCase).join("\n")}
  help) _arguments '--all[all options]' '--man[the manual page]' '1: :{_describe subcommand subcommands}' ;;
  esac
}
# Loaded by autoload it is called at once; evaluated, it is set up.
if [[ $funcstack[1] == _prekill ]]; then _prekill "$@"; else compdef _prekill prekill; fi
`;
}

function subcommandCase({ word, spec }: SubcommandSpec): string {
  const stops = spec.operands === "command" || spec.operands === "duration-command" ? " -A '-*'" : "";
  const parts = [...spec.options.flatMap(optionArguments), ...operandArguments(spec)];
  return `  ${word})\n    _arguments -s -S${stops} \\\n      ${parts.join(" \\\n      ")}\n    ;;`;
}

function optionArguments(option: OptionSpec): string[] {
  const about = `[${escape(option.help)}]`;
  const value = option.value === undefined ? "" : `:${option.value}:${action(option)}`;
  const equals = option.value === undefined ? "" : option.valueIsOptional === true ? "=-" : "=";
  const long = `*--${option.name}${equals}${about}${
    option.valueIsOptional === true ? value.replace(":", "::") : value
  }`;
  if (option.short === undefined) return [quote(long)];
  const ofLetter = option.valueIsOptional === true ? "" : value;
  return [quote(`*-${option.short}${about}${ofLetter}`), quote(long)];
}

function action(option: OptionSpec): string {
  const value = valueKind(option);
  switch (value.kind) {
    case "choices":
      return `(${value.choices.join(" ")})`;
    case "file":
      return "_files";
    case "directory":
      return "_files -/";
    case "signal":
      return "_signals -s";
    default:
      return " ";
  }
}

function operandArguments({ operands }: CommandSpec): string[] {
  if (operands === undefined) return [];
  if (typeof operands === "object") return [quote(`1: :(${operands.choices.join(" ")})`)];
  switch (operands) {
    case "command":
      return [quote("(-)1: :_command_names -e"), quote("*:: :_normal")];
    case "duration-command":
      return [quote("1:duration: "), quote("(-)2: :_command_names -e"), quote("*:: :_normal")];
    case "files":
      return [quote("*: :_files")];
    case "directories":
      return [quote("*: :_files -/")];
    case "process":
      return [quote("1: :_pids")];
  }
}

/** What ends a description, or parts it, is taken literally after a backslash. */
function escape(text: string): string {
  return text.replace(/[\\[\]:]/g, "\\$&");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
