import { parseDuration } from "../../duration.ts";
import { visibleText } from "../../visible_text.ts";
import { resolve } from "../../std/path.ts";
import { nearestName } from "../../nearest_name.ts";
import { type ConfigValue, PRESPAWN_MODES } from "./config_keys.ts";

/** A value as it is used, or what it should have been. */
export type ReadValue = { readonly value: unknown } | { readonly expected: string };

/** Longest list and largest object that is taken. */
const MAX_ENTRIES = 10_000;
/** A text is quoted in messages up to here. */
const MAX_QUOTED = 60;

/**
 * Reads a value of the configuration.
 *
 * @param json the value as JSON has it
 * @param what it has to be
 * @param folder absolute path that paths are relative to
 * @returns the value, or the rest of a sentence that says what was expected
 */
export function readConfigValue(json: unknown, what: ConfigValue, folder: string): ReadValue {
  switch (what.kind) {
    case "duration":
      return readDuration(json);
    case "count":
      if (isCount(json, what.least)) return { value: json };
      return not(json, `a whole number from ${what.least} on`);
    case "flag":
      return typeof json === "boolean" ? { value: json } : not(json, "true or false");
    case "text":
      return isText(json) ? { value: json } : not(json, "a text that is not empty");
    case "folder":
      return isText(json) ? { value: resolve(folder, json) } : not(json, "the path of a folder");
    case "choice":
      return readChoice(json, what.of);
    case "globs":
      return readTexts(json, "a glob or a list of globs");
    case "modules":
      return readTexts(json, "the name of a module or a list of them, or auto");
    case "command": {
      const read = readTexts(json, "a program, or a list of a program and its arguments");
      if (!("value" in read)) return read;
      return { value: read.value.map((word) => /^\.\.?\//.test(word) ? resolve(folder, word) : word) };
    }
    case "prespawn": {
      if (isCount(json, 1)) return { value: { size: json } };
      if (typeof json === "number") return not(json, "a whole number from 1 on");
      const read = readChoice(json, PRESPAWN_MODES);
      return "value" in read ? { value: { mode: read.value } } : read;
    }
    case "exit-codes":
      if (Array.isArray(json) && json.every((code) => isCount(code, 1) && code <= 255)) {
        return { value: json };
      }
      return not(json, "a list of exit codes from 1 to 255");
    case "counts":
      return readEntries(json, (entry) => isCount(entry, 1), "names with a whole number from 1 on each");
    case "environment":
      return readEnvironment(json);
    case "reason":
      if (json === true) return { value: "prekill.json says so" };
      if (json === false) return { value: undefined };
      return isText(json) ? { value: json } : not(json, "the reason as a text, or true");
  }
}

function readDuration(json: unknown): ReadValue {
  const expected = 'a duration, such as "250ms", "10s", "1m30s" or a number of seconds';
  if (typeof json === "number" && json >= 0 && Number.isFinite(json)) return { value: json * 1000 };
  if (typeof json !== "string") return not(json, expected);
  try {
    return { value: parseDuration(json) };
  } catch {
    return not(json, expected);
  }
}

function readChoice(json: unknown, choices: readonly string[]): ReadValue {
  if (typeof json === "string" && choices.includes(json)) return { value: json };
  const nearest = typeof json === "string" ? nearestName(json, choices) : undefined;
  const hint = nearest === undefined ? "" : `; did you mean "${nearest}"?`;
  return { expected: `it must be one of ${choices.join(", ")}, not ${quoted(json)}${hint}` };
}

function readTexts(
  json: unknown,
  expected: string,
): { readonly value: readonly string[] } | { readonly expected: string } {
  const texts: readonly unknown[] = Array.isArray(json) ? json : [json];
  if (texts.length > 0 && texts.length <= MAX_ENTRIES && texts.every(isText)) return { value: texts };
  return not(json, expected);
}

function readEnvironment(json: unknown): ReadValue {
  const isVariable = (entry: unknown, name: string): boolean =>
    (entry === null || typeof entry === "string" && !entry.includes("\0")) && /^[^=\0]+$/.test(name);
  const read = readEntries(json, isVariable, "names of variables with a text or null each");
  if (!("value" in read)) return read;
  const entries = Object.entries(read.value as Record<string, string | null>);
  return { value: Object.fromEntries(entries.map(([name, value]) => [name, value ?? undefined])) };
}

function readEntries(
  json: unknown,
  fits: (entry: unknown, name: string) => boolean,
  expected: string,
): ReadValue {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return not(json, expected);
  const entries = Object.entries(json);
  if (entries.length > MAX_ENTRIES) return not(json, expected);
  const wrong = entries.find(([name, entry]) => !fits(entry, name));
  if (wrong === undefined) return { value: json };
  return { expected: `it must be ${expected}; "${visibleText(wrong[0])}" has ${quoted(wrong[1])}` };
}

function isCount(json: unknown, least: number): json is number {
  return typeof json === "number" && Number.isSafeInteger(json) && json >= least;
}

function isText(json: unknown): json is string {
  return typeof json === "string" && json !== "" && !json.includes("\0");
}

function not(json: unknown, expected: string): { readonly expected: string } {
  return { expected: `it must be ${expected}, not ${quoted(json)}` };
}

function quoted(json: unknown): string {
  if (Array.isArray(json)) return json.length === 0 ? "an empty list" : "this list";
  if (typeof json === "object" && json !== null) return "an object";
  const text = visibleText(JSON.stringify(json) ?? "nothing");
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
}
