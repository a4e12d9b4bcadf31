import { asObject } from "../as_object.ts";
import { createProtocolClient, type ProtocolClient } from "./protocol_client.ts";

/** A worker thread of Node, and how to talk to it. */
export interface AttachedWorker {
  /** Node's number of it, from 1. */
  readonly id: string;
  /** As its program named it; undefined when it did not. */
  readonly name?: string | undefined;
  /** URL of its script; undefined for code that was given as text. */
  readonly url?: string | undefined;
  readonly client: ProtocolClient;
}

const CALL_MS = 500;
const MAX_WORKERS = 64;
const MAX_TEXT = 500;
/** What Node calls workers without a name. */
const UNNAMED = "WorkerThread";

/**
 * Attaches to the worker threads of a process, by Node's own domain `NodeWorker`; one that is busy answers, too.
 *
 * @param client the inspector of the process; detach by its `NodeWorker.disable`
 * @param signal once it is aborted, calls do not wait for answers any more
 * @returns the workers; empty when there are none or they are not told
 */
export async function attachWorkers(
  client: ProtocolClient,
  signal: AbortSignal,
): Promise<readonly AttachedWorker[]> {
  const workers: AttachedWorker[] = [];
  const deliverTo = new Map<unknown, (text: string) => void>();
  client.onEvent((method, params) => {
    const { sessionId, message, workerInfo } = params;
    if (method === "NodeWorker.receivedMessageFromWorker") {
      if (typeof message === "string") deliverTo.get(sessionId)?.(message);
    } else if (method === "NodeWorker.attachedToWorker" && workers.length < MAX_WORKERS) {
      const { title, url } = asObject(workerInfo) ?? {};
      const channel = createProtocolClient(
        (text) => client.tell("NodeWorker.sendMessageToWorker", { sessionId, message: text }),
        signal,
      );
      deliverTo.set(sessionId, channel.deliver);
      const [, number, name] = /^\[worker (\d+)\] ?(.*)$/s.exec(String(title)) ?? [];
      workers.push({
        id: number ?? String(sessionId).slice(0, MAX_TEXT),
        name: name === "" || name === UNNAMED ? undefined : name?.slice(0, MAX_TEXT),
        url: typeof url === "string" && url !== "" ? url.slice(0, MAX_TEXT) : undefined,
        client: channel.client,
      });
    }
  });
  await client.call("NodeWorker.enable", { waitForDebuggerOnStart: false }, CALL_MS);
  return workers;
}
