import type { OptionSpec } from "./option_spec.ts";

/** What a shell can offer as the value of an option. */
export type ValueKind =
  /** The option has none. */
  | { readonly kind: "none" }
  /** One of a few words. */
  | { readonly kind: "choices"; readonly choices: readonly string[] }
  | { readonly kind: "file" | "directory" | "signal" }
  /** A number, a time, a name: there is nothing to offer. */
  | { readonly kind: "anything" };

/**
 * Tells what the value of an option is, by its choices, else by the word that stands for it in the help.
 *
 * @param option an option of a table
 * @returns what may be offered
 */
export function valueKind(option: OptionSpec): ValueKind {
  if (option.choices !== undefined) return { kind: "choices", choices: option.choices };
  switch (option.value) {
    case undefined:
      return { kind: "none" };
    case "FILE":
      return { kind: "file" };
    case "DIR":
      return { kind: "directory" };
    case "SIGNAL":
      return { kind: "signal" };
    default:
      return { kind: "anything" };
  }
}
