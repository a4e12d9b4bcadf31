import { asObject } from "../as_object.ts";
import { READ_SITES } from "./call_sites.ts";
import type { ProtocolClient } from "./protocol_client.ts";

const CALL_MS = 1500;
const MAX_PROMISES = 3000;
const MAX_CHAINS = 200;
const MAX_LOOK_MS = 100;

/**
 * For each promise, the chain of functions that are suspended at an `await` of it, as `[count, sites]`.
 *
 * V8 tells what awaits a microtask through the promise that the microtask settles (https://v8.dev/docs/stack-trace-api,
 * "async stack traces"). So a microtask is made whose promise has the wanted one as its only successor: `then` takes the
 * promise that it derives from the species of the first one's constructor, which here hands out the wanted promise and
 * ignores what becomes of it. Nothing is ever resolved, and the program's own promises gain no reactions.
 */
const FIND_CHAINS = `function () {
  ${READ_SITES}
  const NativePromise = (async () => {})().constructor;
  const chains = new Map();
  const endMs = Date.now() + ${MAX_LOOK_MS};
  const promises = Array.prototype.slice.call(this, -${MAX_PROMISES});
  const ignore = () => {};
  const look = (promise) => {
    const probe = NativePromise.resolve().then(() => {
      if (chains.size >= ${MAX_CHAINS} || Date.now() > endMs) return;
      const sites = readSites().filter((site) => site[4]);
      if (sites.length === 0) return;
      const key = JSON.stringify(sites);
      chains.set(key, [(chains.get(key)?.[0] ?? 0) + 1, sites]);
    });
    function Successor(run) { run(ignore, ignore); return promise; }
    probe.constructor = { [Symbol.species]: Successor };
    probe.then(ignore);
  };
  for (const promise of promises) look(promise);
  return NativePromise.resolve().then(ignore).then(() => [...chains.values()]);
}`;

/**
 * Finds the async functions that are suspended, by the promises that they await. Looking for those collects garbage and
 * walks through the program's heap.
 *
 * @param client the inspector of an idle program
 * @param contextId of the realm in which to look; the main one when left out
 * @returns for each promise with a function that awaits it a count and call sites, for `toAwaitTasks`; empty when there
 * are none, or they could not be found
 */
export async function findAwaits(client: ProtocolClient, contextId?: number): Promise<readonly unknown[]> {
  const objectGroup = "promises";
  const evaluated = await client.call(
    "Runtime.evaluate",
    { expression: "Object.getPrototypeOf((async () => {})())", objectGroup, ...contextId && { contextId } },
    CALL_MS,
  );
  const prototypeObjectId = asObject(evaluated?.["result"])?.["objectId"];
  if (prototypeObjectId === undefined) return [];
  const found = await client.call("Runtime.queryObjects", { prototypeObjectId, objectGroup }, CALL_MS);
  const objectId = asObject(found?.["objects"])?.["objectId"];
  const answer = objectId === undefined ? undefined : await client.call(
    "Runtime.callFunctionOn",
    { objectId, functionDeclaration: FIND_CHAINS, returnByValue: true, awaitPromise: true },
    CALL_MS,
  );
  await client.tell("Runtime.releaseObjectGroup", { objectGroup });
  const chains = asObject(answer?.["result"])?.["value"];
  return Array.isArray(chains) ? chains : [];
}
