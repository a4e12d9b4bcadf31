import { shownText } from "./shown_text.ts";

/** What a block of YAML can hold here; undefined values are left out. */
export type YamlValue = string | number | readonly string[] | undefined;

/**
 * Writes a mapping as YAML: texts in double quotes, lists of lines as a literal block, which people can read.
 *
 * @param values by key; keys are plain words
 * @returns lines without indentation
 */
export function yamlBlock(values: Readonly<Record<string, YamlValue>>): string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    if (value === undefined || (Array.isArray(value) && value.length === 0)) return [];
    if (typeof value === "number") return [`${key}: ${Number.isFinite(value) ? value : "null"}`];
    // Printable text needs no escapes of YAML but those that JSON has, too.
    if (typeof value === "string") return [`${key}: ${JSON.stringify(shownText(value, MAX_TEXT))}`];
    // The number keeps blanks at the begin of the first line; not all readers of TAP know it.
    return [value[0]!.startsWith(" ") ? `${key}: |2` : `${key}: |`, ...value.map((line) => `  ${line}`)];
  });
}

const MAX_TEXT = 4000;
