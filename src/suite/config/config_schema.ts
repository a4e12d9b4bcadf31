import {
  type ConfigKey,
  type ConfigValue,
  OVERRIDE_KEYS,
  PRESPAWN_MODES,
  RUN_KEYS,
  SELECTION_KEYS,
  TEST_KEYS,
} from "./config_keys.ts";

/** A JSON Schema, or a part of one. */
export type JsonSchema = { readonly [key: string]: unknown };

const TEXT: JsonSchema = { type: "string", minLength: 1 };
const DURATION_PATTERN = "^((\\d+\\.?\\d*|\\.\\d+)|((\\d+\\.?\\d*|\\.\\d+)(ms|s|m|h|d))+)$";

/**
 * The JSON Schema of `prekill.json`, made of the same table that the parser works with. `schema/prekill.schema.json` is
 * its text.
 *
 * @returns a schema of draft 2020-12
 */
export function configSchema(): JsonSchema {
  const override = objectOf(OVERRIDE_KEYS);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "prekill.json",
    description:
      "What `prekill run` does in this folder and below. Durations are texts such as 1m30s, or seconds.",
    ...objectOf([...SELECTION_KEYS, ...RUN_KEYS, ...TEST_KEYS], {
      $schema: { type: "string", description: "Address of this schema, for editors." },
      overrides: {
        description: "Settings for some of the tests; where two match, the later one wins.",
        type: "array",
        items: { ...override, required: ["files"] },
      },
    }),
  };
}

function objectOf(keys: readonly ConfigKey[], others: JsonSchema = {}): JsonSchema {
  const properties = keys.map(({ name, help, value }) => [name, { description: help, ...schemaOf(value) }]);
  return {
    type: "object",
    additionalProperties: false,
    properties: { ...Object.fromEntries(properties), ...others },
  };
}

function schemaOf(value: ConfigValue): JsonSchema {
  switch (value.kind) {
    case "duration":
      return { anyOf: [{ type: "string", pattern: DURATION_PATTERN }, { type: "number", minimum: 0 }] };
    case "count":
      return { type: "integer", minimum: value.least };
    case "flag":
      return { type: "boolean" };
    case "text":
    case "folder":
      return TEXT;
    case "choice":
      return { enum: value.of };
    case "prespawn":
      return { anyOf: [{ enum: PRESPAWN_MODES }, { type: "integer", minimum: 1 }] };
    case "globs":
    case "modules":
    case "command":
      return { anyOf: [TEXT, { type: "array", items: TEXT, minItems: 1 }] };
    case "exit-codes":
      return { type: "array", items: { type: "integer", minimum: 1, maximum: 255 } };
    case "counts":
      return { type: "object", additionalProperties: { type: "integer", minimum: 1 } };
    case "environment":
      return { type: "object", additionalProperties: { type: ["string", "null"] } };
    case "reason":
      return { anyOf: [TEXT, { type: "boolean" }] };
  }
}
