import { asObject } from "../as_object.ts";
import type { ProtocolClient } from "./protocol_client.ts";

const CALL_MS = 500;
/** Each costs a walk through the heap. */
const MAX_REALMS = 3;

/**
 * Lists the realms of a program beside its main one, such as those in which Jest runs tests (`node:vm`): their promises are
 * of a class of their own.
 *
 * @param client the inspector of an idle program
 * @returns the ids of the newest, the newest first
 */
export async function findRealms(client: ProtocolClient): Promise<readonly number[]> {
  const ids = new Set<number>();
  let isListening = true;
  client.onEvent((method, params) => {
    if (!isListening || method !== "Runtime.executionContextCreated") return;
    const { id, auxData } = asObject(params["context"]) ?? {};
    if (typeof id === "number" && asObject(auxData)?.["isDefault"] !== true) ids.add(id);
  });
  await client.call("Runtime.enable", {}, CALL_MS);
  isListening = false;
  await client.tell("Runtime.disable");
  return [...ids].toSorted((a, b) => b - a).slice(0, MAX_REALMS);
}
