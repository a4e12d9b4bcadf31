import type { Connection, Runtime } from "../../../runtime/port.ts";
import { findInspectorPath } from "./find_inspector_path.ts";
import { type MessageSocket, openWebSocket } from "./open_web_socket.ts";
import { createProtocolClient, type ProtocolClient } from "./protocol_client.ts";

/** A client of the inspector of a process, over a connection of its own. */
export interface InspectorClient extends ProtocolClient {
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
  const { client, deliver, end } = createProtocolClient((text) => socket.send(text), signal);
  const read = async (): Promise<void> => {
    for (;;) deliver(await socket.receive());
  };
  return { ...client, closed: read().catch(end), close: () => connection.close() };
}
