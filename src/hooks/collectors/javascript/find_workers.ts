import type { InspectorClient } from "./inspector_client.ts";
import { asObject } from "./as_object.ts";
import { filePathOf } from "./to_javascript_stack.ts";

const CALL_MS = 500;
const MAX_WORKERS = 50;

/**
 * Lists the worker threads of a Node process.
 *
 * @param client its inspector
 * @returns each in words; empty when there are none or they are not told
 */
export async function findWorkers(client: InspectorClient): Promise<readonly string[]> {
  const workers: string[] = [];
  client.onEvent((method, params) => {
    if (method !== "NodeWorker.attachedToWorker" || workers.length >= MAX_WORKERS) return;
    const { title, url } = asObject(params["workerInfo"]) ?? {};
    const name = typeof url === "string" && url !== "" ? filePathOf(url) : String(title).slice(0, 100);
    workers.push(`a worker thread that runs ${name}`);
  });
  const answer = await client.call("NodeWorker.enable", { waitForDebuggerOnStart: false }, CALL_MS);
  if (answer !== undefined) await client.call("NodeWorker.disable", {}, CALL_MS);
  return workers;
}
