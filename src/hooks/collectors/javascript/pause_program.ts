import type { Stack } from "../../../sample_document.ts";
import type { InspectorClient } from "./inspector_client.ts";
import { toJavaScriptStack } from "./to_javascript_stack.ts";
import { waitUnlessAborted } from "../wait_unless_aborted.ts";

const ENABLE_MS = 1000;
const PAUSE_MS = 300;
/** Of scripts whose names are kept. */
const MAX_SCRIPTS = 20_000;
const MAX_URL = 500;

/**
 * Stops a busy program for the moment that it takes to read its call frames.
 *
 * @param client its inspector; when it closes, the program goes on by itself
 * @param signal aborted when time is up
 * @returns its stack; undefined when no JavaScript ran. The program runs on, unless another debugger has stopped it
 */
export async function pauseProgram(client: InspectorClient, signal: AbortSignal): Promise<Stack | undefined> {
  const urls = new Map<string, string>();
  let callFrames: unknown;
  let hasAsked = false;
  let isOurs = false;
  const paused = new AbortController();
  client.onEvent((method, params) => {
    const { scriptId, url } = params;
    if (method === "Debugger.scriptParsed" && typeof url === "string" && urls.size < MAX_SCRIPTS) {
      urls.set(String(scriptId), url.slice(0, MAX_URL));
    } else if (method === "Debugger.paused") {
      callFrames ??= params["callFrames"];
      isOurs = hasAsked;
      paused.abort();
    }
  });
  if (await client.call("Debugger.enable", {}, ENABLE_MS) === undefined) return undefined;
  // Another debugger may hold it already; then the event came before the answer.
  if (!paused.signal.aborted) {
    hasAsked = true;
    await client.tell("Debugger.pause");
    await waitUnlessAborted(PAUSE_MS, AbortSignal.any([signal, paused.signal]));
  }
  if (isOurs) await client.tell("Debugger.resume");
  // Also takes back a pause that has not happened yet. The answer shows that it was done.
  await client.call("Debugger.disable", {}, ENABLE_MS);
  return toJavaScriptStack(callFrames, urls);
}
