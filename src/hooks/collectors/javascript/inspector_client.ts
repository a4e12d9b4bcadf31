import type { Connection, Runtime } from "../../../runtime/port.ts";
import { waitUnlessAborted } from "../wait_unless_aborted.ts";
import { asObject, type Json } from "./as_object.ts";
import { findInspectorPath } from "./find_inspector_path.ts";
import { type MessageSocket, openWebSocket } from "./open_web_socket.ts";

/** Talks to an inspector by the Chrome DevTools Protocol. */
export interface InspectorClient {
  /** Calls a method; undefined when it fails or does not answer in time. */
  call(method: string, params: Json, timeoutMs: number): Promise<Json | undefined>;
  /** Calls a method whose answer does not matter. Never rejects. */
  tell(method: string, params?: Json): Promise<void>;
  /** Calls the listener on each event. */
  onEvent(listener: (method: string, params: Json) => void): void;
  /** Resolves when the other side has closed the connection. */
  readonly closed: Promise<void>;
  /** Ends the connection. */
  close(): void;
}

/**
 * Connects to the inspector of a process.
 *
 * @param runtime the host
 * @param port where it listens at 127.0.0.1
 * @param signal once it is aborted, calls do not wait for answers any more
 * @returns the client, to be closed
 * @throws {Error} when there is no inspector, or the signal was aborted before it answered
 */
export async function openInspector(
  runtime: Runtime,
  port: number,
  signal: AbortSignal,
): Promise<InspectorClient> {
  const asking = await runtime.connectLoopback(port);
  const path = await closingOnAbort(asking, signal, () => findInspectorPath(asking, port))
    .finally(() => asking.close());
  const connection = await runtime.connectLoopback(port);
  try {
    const socket = await closingOnAbort(connection, signal, () => openWebSocket(connection, port, path));
    return createClient(connection, socket, signal);
  } catch (error) {
    connection.close();
    throw error;
  }
}

async function closingOnAbort<T>(
  connection: Connection,
  signal: AbortSignal,
  action: () => Promise<T>,
): Promise<T> {
  const close = (): void => connection.close();
  signal.addEventListener("abort", close, { once: true });
  if (signal.aborted) close();
  try {
    return await action();
  } finally {
    signal.removeEventListener("abort", close);
  }
}

function createClient(connection: Connection, socket: MessageSocket, signal: AbortSignal): InspectorClient {
  const waiting = new Map<number, (result: Json | undefined) => void>();
  const listeners: ((method: string, params: Json) => void)[] = [];
  let lastId = 0;
  const read = async (): Promise<void> => {
    for (;;) {
      const message = parseObject(await socket.receive());
      const { id, method } = message;
      if (typeof id === "number") waiting.get(id)?.(asObject(message["result"]));
      else if (typeof method === "string") {
        for (const listener of listeners) listener(method, asObject(message["params"]) ?? {});
      }
    }
  };
  const closed = read().catch(() => {
    for (const answer of waiting.values()) answer(undefined);
  });
  const send = (method: string, params: Json): Promise<number> => {
    const id = ++lastId;
    return socket.send(JSON.stringify({ id, method, params })).then(() => id, () => id);
  };
  return {
    async call(method, params, timeoutMs) {
      const id = lastId + 1;
      const settled = new AbortController();
      const answer = new Promise<Json | undefined>((resolve) => waiting.set(id, resolve));
      await send(method, params);
      const result = await Promise.race([
        answer,
        closed.then(() => undefined),
        waitUnlessAborted(timeoutMs, AbortSignal.any([signal, settled.signal])).then(() => undefined),
      ]);
      settled.abort();
      waiting.delete(id);
      return result;
    },
    async tell(method, params = {}) {
      await send(method, params);
    },
    onEvent: (listener) => void listeners.push(listener),
    closed,
    close: () => connection.close(),
  };
}

function parseObject(text: string): Json {
  try {
    return asObject(JSON.parse(text)) ?? {};
  } catch {
    return {};
  }
}
