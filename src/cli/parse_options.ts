import type { OptionSpec } from "./option_spec.ts";

/** An option as it was given. */
export interface GivenOption {
  /** The long name of the option. */
  readonly name: string;
  /** Its value; empty for an option that takes none. */
  readonly value: string;
}

/** Why an argument is not an option of the table. */
export type OptionError =
  /** `argument` is what was written, dashes and all. */
  | { readonly kind: "unknown-long"; readonly argument: string }
  | { readonly kind: "unknown-short"; readonly letter: string }
  | { readonly kind: "ambiguous"; readonly argument: string; readonly candidates: readonly string[] }
  /** `written` is the letter, or the full long name with its dashes. */
  | { readonly kind: "missing-value"; readonly written: string; readonly name: string }
  | { readonly kind: "unexpected-value"; readonly name: string };

/** What a command line came to. */
export interface ParsedOptions {
  /** In the order in which they were given, up to the error if there is one. */
  readonly given: readonly GivenOption[];
  readonly operands: readonly string[];
  /** The first thing that was wrong; nothing after it was looked at. */
  readonly error?: OptionError | undefined;
}

/**
 * Reads a command line as getopt_long(3) does: `--name value`, `--name=value`, unique prefixes of long names, clusters
 * of letters with the value attached (`-vk.1`) or following, and `--` as the end of the options.
 *
 * @param args the arguments
 * @param specs the options that there are
 * @param order "stop" ends the options at the first operand, for commands that run another; "permute" finds them anywhere
 * @returns what was given; never throws, so that the caller words the error
 */
export function parseOptions(
  args: readonly string[],
  specs: readonly OptionSpec[],
  order: "stop" | "permute",
): ParsedOptions {
  const given: GivenOption[] = [];
  const operands: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const argument = args[index]!;
    if (argument === "--") return { given, operands: [...operands, ...args.slice(index + 1)] };
    if (argument === "-" || !argument.startsWith("-")) {
      if (order === "stop") return { given, operands: args.slice(index) };
      operands.push(argument);
      continue;
    }
    const read = argument.startsWith("--")
      ? readLong(argument, args[index + 1], specs)
      : readCluster(argument, args[index + 1], specs);
    given.push(...read.given);
    if (read.error !== undefined) return { given, operands, error: read.error };
    if (read.tookNext) index++;
  }
  return { given, operands };
}

interface ArgumentRead {
  readonly given: readonly GivenOption[];
  readonly tookNext?: boolean;
  readonly error?: OptionError;
}

function readLong(argument: string, next: string | undefined, specs: readonly OptionSpec[]): ArgumentRead {
  const equals = argument.indexOf("=");
  const name = equals < 0 ? argument.slice(2) : argument.slice(2, equals);
  const found = specs.find((spec) => spec.name === name);
  const candidates = found === undefined
    ? specs.filter((spec) => spec.exact !== true && spec.name.startsWith(name))
    : [found];
  if (candidates.length > 1) {
    const names = candidates.map((spec) => spec.name);
    return { given: [], error: { kind: "ambiguous", argument, candidates: names } };
  }
  const spec = candidates[0];
  if (spec === undefined) return { given: [], error: { kind: "unknown-long", argument } };
  if (spec.value === undefined) {
    if (equals >= 0) return { given: [], error: { kind: "unexpected-value", name: spec.name } };
    return { given: [{ name: spec.name, value: "" }] };
  }
  if (equals >= 0) return { given: [{ name: spec.name, value: argument.slice(equals + 1) }] };
  if (spec.valueIsOptional === true) return { given: [{ name: spec.name, value: "" }] };
  if (next === undefined) {
    return { given: [], error: { kind: "missing-value", written: `--${spec.name}`, name: spec.name } };
  }
  return { given: [{ name: spec.name, value: next }], tookNext: true };
}

function readCluster(argument: string, next: string | undefined, specs: readonly OptionSpec[]): ArgumentRead {
  const given: GivenOption[] = [];
  const letters = [...argument.slice(1)];
  for (const [position, letter] of letters.entries()) {
    const spec = specs.find((each) => each.short === letter);
    if (spec === undefined) return { given, error: { kind: "unknown-short", letter } };
    if (spec.value === undefined || spec.valueIsOptional === true) {
      given.push({ name: spec.name, value: "" });
      continue;
    }
    const attached = letters.slice(position + 1).join("");
    if (attached !== "") return { given: [...given, { name: spec.name, value: attached }] };
    if (next === undefined) {
      return { given, error: { kind: "missing-value", written: letter, name: spec.name } };
    }
    return { given: [...given, { name: spec.name, value: next }], tookNext: true };
  }
  return { given };
}
