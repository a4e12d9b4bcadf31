import { asObject, type Json } from "../as_object.ts";
import type { ProtocolClient } from "./protocol_client.ts";

/** Where a function stands; lines and columns from 1. */
export interface FunctionPlace {
  readonly scriptId: string;
  readonly line: number;
  readonly column: number;
}

const CALL_MS = 500;
const MAX_FUNCTIONS = 80;
const MAX_ID = 100;

/**
 * Asks where functions of a program stand.
 *
 * @param client its inspector
 * @param objectId an array of functions
 * @returns the place of each, in their order; undefined for those that have none
 */
export async function readFunctionPlaces(
  client: ProtocolClient,
  objectId: unknown,
): Promise<readonly (FunctionPlace | undefined)[]> {
  const elements = (await readProperties(client, objectId, "result"))
    .filter(({ name }) => /^\d+$/.test(String(name))).slice(0, MAX_FUNCTIONS);
  return Promise.all(elements.map(async ({ value }) => {
    const id = asObject(value)?.["objectId"];
    const properties = await readProperties(client, id, "internalProperties");
    const found = properties.find(({ name }) => name === "[[FunctionLocation]]");
    const { scriptId, lineNumber, columnNumber } = asObject(asObject(found?.["value"])?.["value"]) ?? {};
    return typeof scriptId === "string" && typeof lineNumber === "number" && typeof columnNumber === "number"
      ? { scriptId: scriptId.slice(0, MAX_ID), line: lineNumber + 1, column: columnNumber + 1 }
      : undefined;
  }));
}

/**
 * Asks for the own properties of an object of a program.
 *
 * @param client its inspector
 * @param objectId the object; undefined for none
 * @param kind those of the language, or those that only an inspector sees
 */
export async function readProperties(
  client: ProtocolClient,
  objectId: unknown,
  kind: "result" | "internalProperties",
): Promise<readonly Json[]> {
  if (objectId === undefined) return [];
  const answer = await client.call("Runtime.getProperties", { objectId, ownProperties: true }, CALL_MS);
  const properties = answer?.[kind];
  return Array.isArray(properties) ? properties.map((property) => asObject(property) ?? {}) : [];
}
