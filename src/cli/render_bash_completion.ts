import type { OptionSpec } from "./option_spec.ts";
import type { SubcommandSpec } from "./subcommand_specs.ts";
import { valueKind } from "./value_kind.ts";

/** How many words stand before the command that a subcommand runs. */
const WORDS_BEFORE_COMMAND: Readonly<Record<string, number>> = { "command": 0, "duration-command": 1 };
/** `run` takes any number of files; a command is what follows `--`. */
const COMMAND_AFTER_DASHES = 1_000_000;

/**
 * Writes the completions for bash, from 3.2 on, which need nothing else. Where bash-completion is loaded, the words of a
 * command after `exec` are completed as those of the command.
 *
 * @param subcommands all of them
 * @returns the script
 */
export function renderBashCompletion(subcommands: readonly SubcommandSpec[]): string {
  const words = subcommands.map(({ word }) => word).join(" ");
  return `# bash completion of prekill, written by: prekill completions bash
_prekill() {
  local IFS=$' \\t\\n' current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]}
  # bash takes --name=value for three words.
  if [[ $current == = ]]; then current=
  elif [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD-2]}; fi
  COMPREPLY=()
  if ((COMP_CWORD == 1)) || [[ \${COMP_WORDS[1]} == help && COMP_CWORD -eq 2 ]]; then
    local general=" help --help --version"
    [[ \${COMP_WORDS[1]} != help || COMP_CWORD -eq 1 ]] || general=" --man --all"
    COMPREPLY=($(compgen -W "${words}$general" -- "$current"))
    return
  fi
  local options= valued= operands= leading=${COMMAND_AFTER_DASHES}
  case \${COMP_WORDS[1]} in
${subcommands.map(subcommandCase).join("\n")}
  *) return ;;
  esac
  local index=2 word
  while ((index < COMP_CWORD)); do
    word=\${COMP_WORDS[index]}
    if [[ $word == -- ]]; then ((index++)); leading=0; break; fi
    if [[ $word == -* ]]; then
      ((index++))
      if [[ \${COMP_WORDS[index]} == = ]]; then ((index += 2))
      elif [[ " $valued " == *" $word "* ]]; then ((index++)); fi
      continue
    fi
    ((leading > 0)) || break
    ((leading--, index++))
  done
  if ((leading == 0 && index < COMP_CWORD)); then
    if declare -F _command_offset >/dev/null; then _command_offset "$index"; fi
    return
  fi
  if ((index > COMP_CWORD)) || [[ \${COMP_WORDS[COMP_CWORD-1]} == = || \${COMP_WORDS[COMP_CWORD]} == = ]]; then
    compopt +o default 2>/dev/null
    case "\${COMP_WORDS[1]} $before" in
${subcommands.flatMap(valueCases).join("\n")}
    esac
    return
  fi
  if [[ $current == -* && \${COMP_WORDS[COMP_CWORD-1]} != -- ]]; then
    compopt +o default 2>/dev/null
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  elif ((leading == 0)); then
    COMPREPLY=($(compgen -c -- "$current"))
  elif [[ $operands == directories ]]; then _prekill_directories "$current"
  elif [[ $operands != files ]]; then
    compopt +o default 2>/dev/null
    COMPREPLY=($(compgen -W "$operands" -- "$current"))
  fi
}
_prekill_directories() {
  local IFS=$'\\n'
  compopt +o default -o filenames 2>/dev/null
  COMPREPLY=($(compgen -d -- "$1"))
}
complete -o default -F _prekill prekill
`;
}

function subcommandCase({ word, spec }: SubcommandSpec): string {
  const { options, operands } = spec;
  const own = [
    `options="${options.map(({ name }) => `--${name}`).join(" ")}"`,
    `valued="${options.filter(takesNextWord).flatMap(spellings).join(" ")}"`,
  ];
  if (typeof operands === "object") own.push(`operands="${operands.choices.join(" ")}"`);
  else if (operands === "process") own.push(`operands=$(cd /proc 2>/dev/null && compgen -G '[0-9]*')`);
  else if (operands === "files" || operands === "directories") own.push(`operands=${operands}`);
  else if (operands !== undefined) own.push(`leading=${WORDS_BEFORE_COMMAND[operands]}`);
  return `  ${word})\n${own.map((line) => `    ${line}`).join("\n")}\n    ;;`;
}

function valueCases({ word, spec }: SubcommandSpec): string[] {
  return spec.options.flatMap((option) => {
    const reply = valueReply(option);
    if (reply === undefined) return [];
    const patterns = spellings(option).map((spelling) => `"${word} ${spelling}"`).join(" | ");
    return [`    ${patterns}) ${reply} ;;`];
  });
}

function valueReply(option: OptionSpec): string | undefined {
  const value = valueKind(option);
  switch (value.kind) {
    case "choices":
      return `COMPREPLY=($(compgen -W "${value.choices.join(" ")}" -- "$current"))`;
    case "file":
      return "compopt -o default 2>/dev/null";
    case "directory":
      return '_prekill_directories "$current"';
    case "signal":
      return `COMPREPLY=($(compgen -W "$(compgen -A signal | sed -n 's/^SIG//p')" -- "$current"))`;
    default:
      return undefined;
  }
}

function takesNextWord({ value, valueIsOptional }: OptionSpec): boolean {
  return value !== undefined && valueIsOptional !== true;
}

function spellings({ name, short }: OptionSpec): string[] {
  return short === undefined ? [`--${name}`] : [`--${name}`, `-${short}`];
}
