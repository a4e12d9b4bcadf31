import { UsageError } from "../errors.ts";
import { parseDuration } from "../duration.ts";
import type { OptionSpec } from "./option_spec.ts";
import { type OptionError, parseOptions } from "./parse_options.ts";

/** More of anything makes no sense, and would take all memory. */
const MAX_NUMBER = 999_999_999;

/** The options of one of prekill's own subcommands, checked against its table. */
export class OptionValues {
  readonly operands: readonly string[];
  readonly #values: ReadonlyMap<string, readonly string[]>;

  /**
   * Parses and checks the names of the options, and the values of those with choices.
   *
   * @param args the arguments after the subcommand
   * @param specs the subcommand's table
   * @param order as for `parseOptions`
   * @returns the values; `text` has the last of an option given twice
   * @throws {UsageError} on the first wrong option, with the nearest name
   */
  static async parse(
    args: readonly string[],
    specs: readonly OptionSpec[],
    order: "stop" | "permute",
  ): Promise<OptionValues> {
    const { given, operands, error } = parseOptions(args, specs, order);
    const values = new Map<string, string[]>();
    for (const { name, value } of given) {
      const earlier = values.get(name);
      if (earlier === undefined) values.set(name, [value]);
      else earlier.push(value);
    }
    // Whoever asks for help gets it, whatever else is on the line.
    if (error !== undefined && !values.has("help")) throw new UsageError(await explain(error, specs));
    for (const spec of specs) {
      const value = values.get(spec.name)?.at(-1);
      if (value === undefined || spec.choices === undefined || spec.choices.includes(value)) continue;
      throw new UsageError(`Cannot use --${spec.name} "${value}": it must be ${listOf(spec.choices, "or")}`);
    }
    return new OptionValues(values, operands);
  }

  constructor(values: ReadonlyMap<string, readonly string[]>, operands: readonly string[]) {
    this.#values = values;
    this.operands = operands;
  }

  /** @throws {UsageError} when there are operands, for subcommands that take none */
  refuseOperands(): void {
    const [first] = this.operands;
    if (first !== undefined) {
      throw new UsageError(`Cannot use the argument "${first}": only options are taken here`);
    }
  }

  /** Whether the option was given. */
  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** The value of an option as it was written; undefined when it was not given. */
  text(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  /** All values of an option that may be given again, in their order. */
  texts(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /**
   * The value of an option in milliseconds; undefined when it was not given.
   *
   * @throws {UsageError} when it is not a duration
   */
  durationMs(name: string): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : parseDuration(text);
  }

  /**
   * The value of an option as a whole number; undefined when it was not given.
   *
   * @param name the option
   * @param least the smallest number that makes sense
   * @param more the largest one, and a word that may stand instead, which is read elsewhere
   * @throws {UsageError} when it is none, a smaller or a larger one
   */
  wholeNumber(
    name: string,
    least: number,
    { most = MAX_NUMBER, word }: { readonly most?: number; readonly word?: string } = {},
  ): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    const range = value > most ? `at most ${most}` : `a whole number from ${least} on`;
    const other = word === undefined ? "" : `, or ${word}`;
    throw new UsageError(`Cannot use --${name} "${text}": it must be ${range}${other}`);
  }
}

async function explain(error: OptionError, specs: readonly OptionSpec[]): Promise<string> {
  switch (error.kind) {
    case "unknown-long": {
      const { nearestName } = await import("../nearest_name.ts");
      const written = error.argument.slice(2).split("=")[0]!;
      const nearest = nearestName(written, specs.map((spec) => spec.name));
      const hint = nearest === undefined ? "see --help" : `did you mean --${nearest}?`;
      return `Cannot use the option "--${written}": there is no such option; ${hint}`;
    }
    case "unknown-short": {
      const other = specs.find((spec) => spec.short?.toLowerCase() === error.letter.toLowerCase());
      const hint = other === undefined ? "see --help" : `did you mean -${other.short} (--${other.name})?`;
      return `Cannot use the option "-${error.letter}": there is no such option; ${hint}`;
    }
    case "ambiguous": {
      const meant = listOf(error.candidates.map((name) => `--${name}`), "or");
      return `Cannot use the option "${error.argument}": it is short for more than one; write ${meant}`;
    }
    case "missing-value": {
      const value = specs.find((spec) => spec.name === error.name)?.value;
      return `Cannot use the option "--${error.name}": it needs a value, --${error.name} ${value}`;
    }
    case "unexpected-value":
      return `Cannot use the option "--${error.name}": it takes no value; leave out what follows the "="`;
  }
}

function listOf(items: readonly string[], conjunction: string): string {
  const head = items.slice(0, -1).join(", ");
  return head === "" ? items[0] ?? "" : `${head} ${conjunction} ${items.at(-1)}`;
}
