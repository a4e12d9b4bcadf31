import type { Connection } from "../../../runtime/port.ts";
import { createByteReader } from "./byte_reader.ts";

const MAX_HEAD_BYTES = 16 * 1024;
const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Asks an inspector for the path of its first target.
 *
 * @param connection for this alone; to be closed by the caller
 * @param port which it leads to
 * @returns the path of the WebSocket
 * @throws {Error} when it is no inspector
 */
export async function findInspectorPath(connection: Connection, port: number): Promise<string> {
  const reader = createByteReader(connection);
  const head = `GET /json/list HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`;
  await connection.write(new TextEncoder().encode(head));
  const answer = await reader.takeHead(MAX_HEAD_BYTES);
  const length = /^content-length:[ \t]*(\d{1,9})[ \t]*\r$/im.exec(answer)?.[1];
  if (!/^HTTP\/1\.[01] 200 /.test(answer) || length === undefined || Number(length) > MAX_BODY_BYTES) {
    throw new Error("the port is not an inspector's");
  }
  const path = parseInspectorPath(new TextDecoder().decode(await reader.take(Number(length))));
  if (path === undefined) throw new Error("the inspector has nothing to look at");
  return path;
}

/**
 * The path in the answer of an inspector. The host and port in it are ignored: only the one that was asked is talked to.
 *
 * @param text what `/json/list` answered
 * @returns the path; undefined when there is none of the expected form
 */
export function parseInspectorPath(text: string): string | undefined {
  try {
    const url: unknown = JSON.parse(text)?.[0]?.webSocketDebuggerUrl;
    return typeof url === "string" ? /^ws:\/\/[^/\s]*(\/[\w\-/.]{1,200})$/.exec(url)?.[1] : undefined;
  } catch {
    return undefined;
  }
}
