/** One option of a subcommand. Parsing, `--help`, the man page and completions are all made from tables of these. */
export interface OptionSpec {
  /** The long name, without dashes. */
  readonly name: string;
  /** The one-letter form. */
  readonly short?: string | undefined;
  /** What stands for the value in the help, such as `TIME`; undefined for an option without a value. */
  readonly value?: string | undefined;
  /** Whether the value may be left out; it is then given as `--name=VALUE` only, and empty without. A letter has none. */
  readonly valueIsOptional?: boolean | undefined;
  /** The values that are accepted, where there are only a few. */
  readonly choices?: readonly string[] | undefined;
  /** One line for the help, at most 50 characters. */
  readonly help: string;
  /** Further lines of the help. */
  readonly more?: readonly string[] | undefined;
  /** Heading in the help. */
  readonly group: string;
  /** Whether only `--help=all` shows it. */
  readonly isRare?: boolean | undefined;
  /** Whether the long name must be written in full, so that it takes no abbreviation away from another option. */
  readonly exact?: boolean | undefined;
}

/**
 * What the words after the options are, for completions: a command to run, with a duration before it or not; tests, and a
 * command after `--`; or so many of a kind.
 */
export type OperandKind =
  | "command"
  | "duration-command"
  | "files"
  | "directories"
  | "process"
  | { readonly choices: readonly string[] };

/** A subcommand, as the help shows it. */
export interface CommandSpec {
  /** As it is called, such as `prekill exec`. */
  readonly name: string;
  /** What follows the name in the usage line. */
  readonly usage: string;
  /** One or two lines on what it does. */
  readonly summary: string;
  /** Command lines to copy. */
  readonly examples: readonly string[];
  readonly options: readonly OptionSpec[];
  /** Undefined where only options are taken. */
  readonly operands?: OperandKind | undefined;
  /** Lines after the options. */
  readonly notes?: readonly string[] | undefined;
}
