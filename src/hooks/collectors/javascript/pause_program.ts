import { asObject, type Json } from "../as_object.ts";
import type { ScriptFrame } from "./call_sites.ts";
import type { ProtocolClient } from "./protocol_client.ts";
import { waitUnlessAborted } from "../wait_unless_aborted.ts";

/** What stopping a program showed. */
export interface PauseLook {
  /** Innermost first; empty when no JavaScript ran. */
  readonly frames: readonly ScriptFrame[];
  /** Whether another debugger had stopped it before. */
  readonly wasPaused: boolean;
}

const ENABLE_MS = 1000;
const PAUSE_MS = 300;
/** Of scripts whose names are kept. */
const MAX_SCRIPTS = 20_000;
const MAX_TEXT = 1000;
const MAX_FRAMES = 500;

/**
 * Finds out whether another debugger holds a program and, unless `isKnown`, stops it for the moment that it takes to read
 * its call frames.
 *
 * @param client its inspector; when it closes, the program goes on by itself
 * @param isKnown whether its frames are known already
 * @param signal aborted when time is up
 * @returns what was seen. The program runs on, unless another debugger has stopped it
 */
export async function pauseProgram(
  client: ProtocolClient,
  isKnown: boolean,
  signal: AbortSignal,
): Promise<PauseLook> {
  const urls = new Map<string, string>();
  let callFrames: unknown;
  let hasAsked = false;
  let wasPaused = false;
  const paused = new AbortController();
  client.onEvent((method, params) => {
    const { scriptId, url } = params;
    if (method === "Debugger.scriptParsed" && typeof url === "string" && urls.size < MAX_SCRIPTS) {
      urls.set(String(scriptId), url.slice(0, MAX_TEXT));
    } else if (method === "Debugger.paused" && !paused.signal.aborted) {
      callFrames = params["callFrames"];
      wasPaused = !hasAsked;
      paused.abort();
    }
  });
  if (await client.call("Debugger.enable", {}, ENABLE_MS) === undefined) return { frames: [], wasPaused };
  // Another debugger may hold it already; then the event came before the answer.
  if (!wasPaused && !isKnown) {
    hasAsked = true;
    await client.tell("Debugger.pause");
    await waitUnlessAborted(PAUSE_MS, AbortSignal.any([signal, paused.signal]));
    if (paused.signal.aborted) await client.tell("Debugger.resume");
  }
  // Also takes back a pause that has not happened yet. The answer shows that it was done.
  await client.call("Debugger.disable", {}, ENABLE_MS);
  return { frames: parseCallFrames(callFrames, urls), wasPaused };
}

/**
 * Reads the call frames of a paused program.
 *
 * @param callFrames of the event `Debugger.paused`, innermost first, which may be anything
 * @param urls of scripts by their id
 */
export function parseCallFrames(callFrames: unknown, urls: ReadonlyMap<string, string>): ScriptFrame[] {
  if (!Array.isArray(callFrames)) return [];
  return callFrames.slice(0, MAX_FRAMES).flatMap((frame) => {
    const object = asObject(frame);
    return object === undefined ? [] : [parseCallFrame(object, urls)];
  });
}

function parseCallFrame(frame: Json, urls: ReadonlyMap<string, string>): ScriptFrame {
  const name = frame["functionName"];
  const { scriptId, lineNumber, columnNumber } = asObject(frame["location"]) ?? {};
  const start = asObject(frame["functionLocation"]) ?? {};
  const [startLine, startColumn] = [start["lineNumber"], start["columnNumber"]];
  return {
    function: typeof name === "string" && name !== "" ? name.slice(0, MAX_TEXT) : "(anonymous)",
    url: urls.get(String(scriptId)) || undefined,
    line: typeof lineNumber === "number" ? lineNumber + 1 : undefined,
    column: typeof columnNumber === "number" ? columnNumber + 1 : undefined,
    start: typeof startLine === "number" && typeof startColumn === "number"
      ? { line: startLine + 1, column: startColumn + 1 }
      : undefined,
    isAsync: false,
  };
}
