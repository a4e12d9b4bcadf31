import { formatDuration } from "../../../duration.ts";
import { asObject, type Json } from "../as_object.ts";
import { readHolder } from "./find_listeners.ts";
import { readProperties } from "./function_places.ts";
import type { KeptResource } from "./kept_resource.ts";
import type { ProtocolClient } from "./protocol_client.ts";

const CALL_MS = 500;
const MAX_TIMERS = 20;
const MAX_LISTS = 200;
const MAX_SCOPES = 10;

/**
 * Walks the lists of Node's timers, one per duration. Node counts its timers' time from about the start of the process. A
 * timer that throws costs that one entry only.
 */
const DESCRIBE_TIMERS = `function () {
  const found = [];
  for (const list of Object.values(this).slice(0, ${MAX_LISTS})) {
    for (let at = list._idleNext, count = 0; at && at !== list && count < ${MAX_TIMERS}; at = at._idleNext, count++) {
      try {
        if (at._destroyed || !(at._idleTimeout >= 0) || !at.hasRef()) continue;
        const left = at._idleStart + at._idleTimeout - process.uptime() * 1000;
        found.push([left, at._repeat, at._onTimeout?.name, at._onTimeout]);
      } catch {}
    }
  }
  const timers = found.sort((a, b) => a[0] - b[0]).slice(0, ${MAX_TIMERS});
  return { functions: timers.map((timer) => timer[3]), timers: timers.map((timer) => timer.slice(0, 3)) };
}`;

/**
 * Finds the timers that keep an event loop of Node: `setTimeout` is a closure over the map of their lists.
 *
 * @param client the inspector of an idle program
 * @returns each, the next one first; empty when they could not be found
 */
export async function findTimers(client: ProtocolClient): Promise<readonly KeptResource[]> {
  const objectGroup = "timers";
  const evaluated = await client.call("Runtime.evaluate", { expression: "setTimeout", objectGroup }, CALL_MS);
  const lists = await findTimerLists(client, objectIdOf(evaluated?.["result"]));
  const described = lists === undefined ? undefined : await client.call(
    "Runtime.callFunctionOn",
    { objectId: lists, functionDeclaration: DESCRIBE_TIMERS },
    CALL_MS,
  );
  const { places, told } = await readHolder(client, objectIdOf(described?.["result"]), "timers");
  await client.tell("Runtime.releaseObjectGroup", { objectGroup });
  return describeTimers(told).map((timer, at) => ({ ...timer, callbacks: places[at] ? [places[at]] : [] }));
}

async function findTimerLists(client: ProtocolClient, closure: unknown): Promise<unknown> {
  const scopes = objectIdOf(find(await readProperties(client, closure, "internalProperties"), "[[Scopes]]"));
  for (const { value } of (await readProperties(client, scopes, "result")).slice(0, MAX_SCOPES)) {
    // The global one has hundreds of getters, and no lists.
    if (asObject(value)?.["description"] === "Global") continue;
    const lists = objectIdOf(find(await readProperties(client, objectIdOf(value), "result"), "timerListMap"));
    if (lists !== undefined) return lists;
  }
  return undefined;
}

function find(properties: readonly Json[], name: string): unknown {
  return properties.find((property) => property["name"] === name)?.["value"];
}

function objectIdOf(value: unknown): unknown {
  return asObject(value)?.["objectId"];
}

/**
 * Puts timers into words.
 *
 * @param timers what the program told of each: milliseconds left, milliseconds between calls, name of its function
 */
export function describeTimers(timers: unknown): Omit<KeptResource, "callbacks">[] {
  if (!Array.isArray(timers)) return [];
  return timers.slice(0, MAX_TIMERS).filter(Array.isArray).flatMap(([left, repeat, name]) => {
    if (typeof left !== "number") return [];
    const called = typeof name === "string" && name !== "" ? ` that calls ${name.slice(0, 100)}` : "";
    const leftMs = Math.round(left / 100) * 100;
    const due = leftMs <= 0 ? "due now" : `due in ${formatDuration(leftMs)}`;
    const everyMs = typeof repeat === "number" ? repeat : undefined;
    const every = everyMs === undefined ? "" : `, every ${formatDuration(everyMs)}`;
    return [{ words: `a timer${called}, ${due}${every}`, timer: { dueMs: left, everyMs } }];
  });
}
