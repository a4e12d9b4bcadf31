import { UsageError } from "../../errors.ts";
import { nearestName } from "../../nearest_name.ts";
import { type JsonNode, type ParseError, parseTree, printParseErrorCode } from "../../std/jsonc.ts";
import { dirname } from "../../std/path.ts";
import { visibleText } from "../../visible_text.ts";
import { type ConfigKey, OVERRIDE_KEYS, RUN_KEYS, SELECTION_KEYS, TEST_KEYS } from "./config_keys.ts";
import { placeInText } from "./place_in_text.ts";
import { readConfigValue } from "./read_config_value.ts";
import type { RunSettings, SuiteConfig, TestOverride, TestSettings } from "./suite_config.ts";

const TOP_KEYS = [...SELECTION_KEYS, ...RUN_KEYS, ...TEST_KEYS];
/** What the parser of JSON calls its errors, in words. */
const ERROR_WORDS: Readonly<Record<string, string>> = {
  PropertyNameExpected: "the name of a key in double quotes was expected",
  ValueExpected: "a value was expected",
  ColonExpected: "a colon was expected",
  CommaExpected: "a comma was expected",
  CloseBraceExpected: "a closing brace } was expected",
  CloseBracketExpected: "a closing bracket ] was expected",
  EndOfFileExpected: "nothing more was expected",
  UnexpectedEndOfComment: "the comment does not end",
  UnexpectedEndOfString: "the text does not end; it takes double quotes",
  InvalidEscapeCharacter: "there is no such escape",
  InvalidCharacter: "a line break or control character has to be escaped",
  InvalidNumberFormat: "this is not a number",
  InvalidSymbol: "a value was expected, such as a number, true, or a text in double quotes",
};

/** A key with its value, and where both are. */
interface Property {
  readonly name: string;
  readonly nameOffset: number;
  readonly value: JsonNode;
}

/**
 * Reads a `prekill.json`: JSON in which comments and commas before a closing bracket are allowed.
 *
 * @param text what the file holds
 * @param path its absolute path, for messages and as the base of what is relative in it
 * @returns the configuration
 * @throws {UsageError} for the first mistake: file, line, column and what was expected
 */
export function parseConfig(text: string, path: string): SuiteConfig {
  const folder = dirname(path);
  const fail = (offset: number, problem: string): never => {
    throw new UsageError(`Cannot use ${visibleText(path)}:${placeInText(text, offset)}: ${problem}`);
  };
  const root = parseJson(text, fail);
  const read = (node: JsonNode, keys: readonly ConfigKey[], others: readonly string[]) =>
    readObject(node, { keys, others, folder, fail });
  const { values, rest } = read(root, TOP_KEYS, ["$schema", "overrides"]);
  const overrides = rest.get("overrides");
  if (overrides !== undefined && overrides.type !== "array") {
    fail(overrides.offset, '"overrides" must be a list of objects, each with "files"');
  }
  return {
    path,
    folder,
    run: pick(values, RUN_KEYS) as RunSettings,
    tests: pick(values, TEST_KEYS) as TestSettings,
    overrides: (overrides?.children ?? []).map((node) => {
      const override = read(node, OVERRIDE_KEYS, []).values;
      if (override["files"] === undefined) {
        fail(node.offset, 'an override needs "files", the globs it is for');
      }
      return override as unknown as TestOverride;
    }),
    files: values["files"] as readonly string[] | undefined,
    exclude: values["exclude"] as readonly string[] | undefined ?? [],
  };
}

function parseJson(text: string, fail: (offset: number, problem: string) => never): JsonNode {
  const errors: ParseError[] = [];
  let root: JsonNode | undefined;
  try {
    root = parseTree(text.replace(/^\ufeff/, " "), errors, {
      allowTrailingComma: true,
      allowEmptyContent: true,
    });
  } catch {
    fail(0, "its brackets are nested too deeply");
  }
  const [error] = errors;
  if (error !== undefined) {
    const name = printParseErrorCode(error.error);
    fail(error.offset, ERROR_WORDS[name] ?? name);
  }
  return root ?? fail(0, "it is empty; write {} for no settings");
}

/** What an object is checked against. */
interface ObjectRules {
  readonly keys: readonly ConfigKey[];
  /** Keys that the caller looks at himself. */
  readonly others: readonly string[];
  readonly folder: string;
  readonly fail: (offset: number, problem: string) => never;
}

function readObject(
  node: JsonNode,
  { keys, others, folder, fail }: ObjectRules,
): { values: Record<string, unknown>; rest: Map<string, JsonNode> } {
  if (node.type !== "object") fail(node.offset, "an object in braces {} was expected");
  const values: Record<string, unknown> = {};
  const rest = new Map<string, JsonNode>();
  const seen = new Set<string>();
  for (const { name, nameOffset, value } of propertiesOf(node)) {
    const shown = visibleText(name);
    if (seen.has(name)) fail(nameOffset, `the key "${shown}" is there twice`);
    seen.add(name);
    if (others.includes(name)) {
      rest.set(name, value);
      continue;
    }
    const key = keys.find((candidate) => candidate.name === name);
    if (key === undefined) {
      const names = [...keys.map((known) => known.name), ...others];
      const nearest = nearestName(name, names);
      const hint = nearest === undefined ? `there are ${names.join(", ")}` : `did you mean "${nearest}"?`;
      return fail(nameOffset, `there is no key "${shown}" here; ${hint}`);
    }
    const read = readConfigValue(plainValue(value), key.value, folder);
    if ("expected" in read) return fail(value.offset, `"${name}": ${read.expected}`);
    values[key.field] = read.value;
  }
  return { values, rest };
}

function propertiesOf(node: JsonNode): Property[] {
  return (node.children ?? []).flatMap(({ children }) => {
    const [name, value] = children ?? [];
    if (name === undefined || value === undefined) return [];
    return [{ name: String(name.value), nameOffset: name.offset, value }];
  });
}

/** The value that a node stands for, two levels deep: no key takes more. */
function plainValue(node: JsonNode, depth = 0): unknown {
  if (node.type === "array") {
    return depth > 1 ? [] : (node.children ?? []).map((child) => plainValue(child, depth + 1));
  }
  if (node.type !== "object") return node.value;
  if (depth > 1) return {};
  return Object.fromEntries(
    propertiesOf(node).map(({ name, value }) => [name, plainValue(value, depth + 1)]),
  );
}

function pick(
  values: Readonly<Record<string, unknown>>,
  keys: readonly ConfigKey[],
): Record<string, unknown> {
  const found = keys.filter(({ field }) => values[field] !== undefined);
  return Object.fromEntries(found.map(({ field }) => [field, values[field]]));
}
