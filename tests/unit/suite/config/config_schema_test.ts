import { configSchema } from "../../../../src/suite/config/config_schema.ts";
import { RUN_KEYS, SELECTION_KEYS, TEST_KEYS } from "../../../../src/suite/config/config_keys.ts";
import { parseConfig } from "../../../../src/suite/config/parse_config.ts";
import { parseDuration } from "../../../../src/duration.ts";
import { assertEquals } from "../../../support/assert.ts";

type Properties = Record<string, { anyOf?: { pattern?: string }[] }>;

const schema = configSchema() as { properties: Properties };

Deno.test("configSchema() is what schema/prekill.schema.json holds (tools/write_schema.ts writes it)", async () => {
  const file = new URL("../../../../schema/prekill.schema.json", import.meta.url);
  assertEquals(JSON.parse(await Deno.readTextFile(file)), JSON.parse(JSON.stringify(schema)));
});

Deno.test("configSchema() has a place for every key that parseConfig() takes, and no other", () => {
  const names = [...SELECTION_KEYS, ...RUN_KEYS, ...TEST_KEYS].map(({ name }) => name);
  assertEquals(Object.keys(schema.properties).sort(), [...names, "$schema", "overrides"].sort());
});

Deno.test("configSchema() and parseDuration() take the same texts", () => {
  const pattern = new RegExp(schema.properties["timeout"]!.anyOf![0]!.pattern!);
  const reads = (text: string): boolean => {
    try {
      parseDuration(text);
      return true;
    } catch {
      return false;
    }
  };
  for (
    const text of ["1", "1.5", ".5h", "1m30s", "250ms", "0", "", "1m30", "1 s", "s", "1x", "-1", "1ms2d"]
  ) {
    assertEquals([text, pattern.test(text)], [text, reads(text)]);
  }
});

Deno.test("configSchema() and parseConfig() agree on what each kind of value is", () => {
  const VALUES: readonly unknown[] = [
    true,
    false,
    0,
    1,
    300,
    1.5,
    -1,
    "",
    "x",
    "10s",
    [],
    ["x"],
    [77],
    [""],
    [0],
    null,
    {},
    { A: "1" },
    { A: 1 },
    { A: null },
    { A: 0 },
  ];
  for (const { name } of [...SELECTION_KEYS, ...RUN_KEYS, ...TEST_KEYS]) {
    for (const value of VALUES) {
      const json = JSON.stringify({ [name]: value });
      assertEquals([json, fits(schema.properties[name], value)], [json, isTaken(json)]);
    }
  }
});

function isTaken(json: string): boolean {
  try {
    parseConfig(json, "/prekill.json");
    return true;
  } catch {
    return false;
  }
}

/** The part of JSON Schema that is used here. */
function fits(part: unknown, value: unknown): boolean {
  const rules = part as Record<string, unknown>;
  if (Array.isArray(rules["anyOf"])) return rules["anyOf"].some((rule) => fits(rule, value));
  if (Array.isArray(rules["enum"])) return rules["enum"].includes(value);
  const types = [rules["type"]].flat();
  if (!types.includes(typeOf(value)) && !(types.includes("number") && typeOf(value) === "integer")) {
    return false;
  }
  const least = (rules["minimum"] ?? -Infinity) as number;
  const most = (rules["maximum"] ?? Infinity) as number;
  if (typeof value === "number") return value >= least && value <= most;
  if (typeof value === "string") {
    return value.length >= Number(rules["minLength"] ?? 0) &&
      new RegExp(String(rules["pattern"] ?? "")).test(value);
  }
  if (Array.isArray(value)) {
    return value.length >= Number(rules["minItems"] ?? 0) &&
      value.every((item) => fits(rules["items"], item));
  }
  if (typeof value !== "object" || value === null) return true;
  return Object.values(value).every((entry) => fits(rules["additionalProperties"], entry));
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "number" && Number.isInteger(value) ? "integer" : typeof value;
}
