import { formatDuration } from "../../../duration.ts";
import type { InspectorClient } from "./inspector_client.ts";
import { asObject } from "./as_object.ts";

const CALL_MS = 1000;
const MAX_TIMERS = 20;

/** The class of Node's timers; a timer that never fires gives it away. */
const PROTOTYPE_EXPRESSION = `(() => {
  const timer = setTimeout(() => {}, 1e6);
  clearTimeout(timer);
  return Object.getPrototypeOf(timer);
})()`;
/**
 * Node counts its timers' time from about the start of the process. What is in the heap need not be whole: a timer that
 * throws costs that one entry only.
 */
const DESCRIBE_TIMERS = `function () {
  return this.flatMap((timer) => {
    try {
      if (timer._destroyed || !(timer._idleTimeout >= 0) || !timer.hasRef()) return [];
      const left = timer._idleStart + timer._idleTimeout - process.uptime() * 1000;
      return [[left, timer._repeat, timer._onTimeout?.name]];
    } catch { return []; }
  }).sort((a, b) => a[0] - b[0]).slice(0, ${MAX_TIMERS});
}`;

/**
 * Finds the timers that keep an event loop. Looking for them walks through the program's heap.
 *
 * @param client the inspector of an idle program
 * @returns each in words, the next one first; empty when they could not be found
 */
export async function findTimers(client: InspectorClient): Promise<readonly string[]> {
  const objectGroup = "timers";
  const evaluated = await client.call(
    "Runtime.evaluate",
    { expression: PROTOTYPE_EXPRESSION, objectGroup },
    CALL_MS,
  );
  const prototypeObjectId = asObject(evaluated?.["result"])?.["objectId"];
  const found = await client.call("Runtime.queryObjects", { prototypeObjectId, objectGroup }, CALL_MS);
  const { objectId } = asObject(found?.["objects"]) ?? {};
  const described = await client.call(
    "Runtime.callFunctionOn",
    { objectId, functionDeclaration: DESCRIBE_TIMERS, returnByValue: true },
    CALL_MS,
  );
  await client.tell("Runtime.releaseObjectGroup", { objectGroup });
  return describeTimers(asObject(described?.["result"])?.["value"]);
}

/**
 * Puts timers into words.
 *
 * @param timers what the program told of each: milliseconds left, milliseconds between calls, name of its function
 */
export function describeTimers(timers: unknown): string[] {
  if (!Array.isArray(timers)) return [];
  return timers.slice(0, MAX_TIMERS).filter(Array.isArray).flatMap(([left, repeat, name]) => {
    if (typeof left !== "number") return [];
    const called = typeof name === "string" && name !== "" ? ` that calls ${name.slice(0, 100)}` : "";
    const leftMs = Math.round(left / 100) * 100;
    const due = leftMs <= 0 ? "due now" : `due in ${formatDuration(leftMs)}`;
    const every = typeof repeat === "number" ? `, every ${formatDuration(repeat)}` : "";
    return [`a timer${called}, ${due}${every}`];
  });
}
