/** The part of JSON Schema that the published schemas use. */
export interface Schema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/**
 * Compares parsed JSON with a schema.
 *
 * @param value what `JSON.parse` returned
 * @param schema of the part of JSON Schema 2020-12 that `Schema` names
 * @param documents the schemas that references lead to; the one without an `$id` in a reference is the first
 * @returns what does not fit, such as `tests.3.name is no string`; undefined when all fits
 */
export function checkShape(
  value: unknown,
  schema: Schema,
  documents: readonly [Schema, ...Schema[]],
): string | undefined {
  const problem = check(value, schema, documents, "");
  return problem?.replace(/^\./, "");
}

function check(
  value: unknown,
  schema: Schema,
  documents: readonly [Schema, ...Schema[]],
  path: string,
): string | undefined {
  if (schema.$ref !== undefined) {
    const found = resolve(schema.$ref, documents);
    return check(value, found.schema, [found.document, ...documents], path);
  }
  if (schema.anyOf !== undefined) {
    const fits = schema.anyOf.some((one) => check(value, one, documents, path) === undefined);
    return fits ? undefined : `${path} is none of what it may be`;
  }
  if (schema.const !== undefined && value !== schema.const) return `${path} is not ${schema.const}`;
  if (schema.enum !== undefined && !schema.enum.includes(value)) return `${path} is none of its values`;
  if (schema.type !== undefined && !isOfType(value, schema.type)) {
    return `${path} is ${value === undefined ? "missing" : `no ${schema.type}`}`;
  }
  if (schema.minimum !== undefined && (value as number) < schema.minimum) {
    return `${path} is less than ${schema.minimum}`;
  }
  if (Array.isArray(value)) return checkItems(value, schema, documents, path);
  if (typeof value === "object" && value !== null) return checkFields(value, schema, documents, path);
  return undefined;
}

function checkItems(
  items: readonly unknown[],
  schema: Schema,
  documents: readonly [Schema, ...Schema[]],
  path: string,
): string | undefined {
  if (schema.items === undefined) return undefined;
  for (const [index, item] of items.entries()) {
    const problem = check(item, schema.items, documents, `${path}.${index}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function checkFields(
  value: object,
  schema: Schema,
  documents: readonly [Schema, ...Schema[]],
  path: string,
): string | undefined {
  const missing = schema.required?.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) return `${path}.${missing} is missing`;
  for (const [name, field] of Object.entries(value)) {
    const own = schema.properties !== undefined && Object.hasOwn(schema.properties, name)
      ? schema.properties[name]
      : schema.additionalProperties;
    const problem = own && check(field, own, documents, `${path}.${name}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function resolve(
  reference: string,
  documents: readonly [Schema, ...Schema[]],
): { readonly schema: Schema; readonly document: Schema } {
  const [id, name] = reference.split("#/$defs/");
  const document = id === "" ? documents[0] : documents.find(({ $id }) => $id === id);
  const schema = document?.$defs?.[name ?? ""];
  if (document === undefined || schema === undefined) {
    throw new RangeError(`Cannot follow the reference "${reference}": there is no such definition`);
  }
  return { schema, document };
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "array":
      return Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    case "string":
      return typeof value === "string";
    case "number":
      return typeof value === "number";
    default:
      return type === "boolean" && typeof value === "boolean";
  }
}
