import { asObject } from "../as_object.ts";
import { type FunctionPlace, readFunctionPlaces } from "./function_places.ts";
import type { ProtocolClient } from "./protocol_client.ts";

const CALL_MS = 500;
const MAX_HANDLES = 20;
const MAX_FUNCTIONS = 60;

/** The functions that listen to the handles of an event loop, and for each the number of its handle. It calls none. */
const LIST_LISTENERS = `(() => {
  const functions = [], owners = [];
  (globalThis.process?._getActiveHandles?.() ?? []).slice(0, ${MAX_HANDLES}).forEach((handle, at) => {
    try {
      for (const listener of Object.values(handle._events ?? {}).flat()) {
        const own = listener?.listener ?? listener;
        if (typeof own !== "function" || functions.length >= ${MAX_FUNCTIONS}) continue;
        functions.push(own);
        owners.push(at);
      }
    } catch {}
  });
  return { functions, owners };
})()`;

/**
 * Finds where the functions stand that listen to what an event loop keeps.
 *
 * @param client the inspector of an idle program
 * @returns places by the number of the handle, as in the answer to `INVENTORY_EXPRESSION`
 */
export async function findListeners(
  client: ProtocolClient,
): Promise<ReadonlyMap<number, readonly FunctionPlace[]>> {
  const objectGroup = "listeners";
  const evaluated = await client.call(
    "Runtime.evaluate",
    { expression: LIST_LISTENERS, objectGroup, silent: true },
    CALL_MS,
  );
  const { places, told } = await readHolder(client, asObject(evaluated?.["result"])?.["objectId"], "owners");
  await client.tell("Runtime.releaseObjectGroup", { objectGroup });
  const owners = Array.isArray(told) ? told : [];
  const found = new Map<number, FunctionPlace[]>();
  places.forEach((place, at) => {
    const owner: unknown = owners[at];
    if (place !== undefined && typeof owner === "number") {
      found.set(owner, [...found.get(owner) ?? [], place]);
    }
  });
  return found;
}

/**
 * Reads an object of a program that holds an array of functions and what is to be told of each.
 *
 * @param client its inspector
 * @param objectId of `{ functions, … }`; undefined for none
 * @param name of the property beside the functions, of plain values
 * @returns where the functions stand, and that property, which may be anything
 */
export async function readHolder(
  client: ProtocolClient,
  objectId: unknown,
  name: string,
): Promise<{ readonly places: readonly (FunctionPlace | undefined)[]; readonly told: unknown }> {
  if (objectId === undefined) return { places: [], told: undefined };
  const take = (functionDeclaration: string, returnByValue: boolean) =>
    client.call("Runtime.callFunctionOn", { objectId, functionDeclaration, returnByValue }, CALL_MS);
  const told = await take(`function () { return this.${name}; }`, true);
  const functions = await take("function () { return this.functions; }", false);
  const places = await readFunctionPlaces(client, asObject(functions?.["result"])?.["objectId"]);
  return { places, told: asObject(told?.["result"])?.["value"] };
}
