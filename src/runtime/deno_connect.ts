import { HostError } from "../errors.ts";
import { errorWords } from "./error_words.ts";
import type { Connection } from "./port.ts";

const READ_BYTES = 64 * 1024;

/**
 * Connects to a port of this machine with `Deno.connect`.
 *
 * @param port 1 to 65535
 * @returns the connection, as the port promises it
 * @throws {HostError} when nobody listens there
 */
export function connectWithDeno(port: number): Promise<Connection> {
  const connected = Deno.connect({ hostname: "127.0.0.1", port }).then((connection) => {
    // What is written goes out at once, also while something before it has not been acknowledged.
    connection.setNoDelay(true);
    return connection;
  });
  return connecting(connected, `port ${port}`);
}

/**
 * Connects to a unix socket with `Deno.connect`.
 *
 * @param path of the socket
 * @returns the connection, as the port promises it
 * @throws {HostError} when nobody listens there, or it may not be connected to
 */
export function connectUnixWithDeno(path: string): Promise<Connection> {
  return connecting(Deno.connect({ transport: "unix", path }), `socket "${path}"`);
}

async function connecting(promise: Promise<Deno.Conn>, peer: string): Promise<Connection> {
  const connection = await promise.catch((error: unknown) => {
    throw new HostError(`Cannot connect to ${peer}: ${errorWords(error)}`, { cause: error });
  });
  const buffer = new Uint8Array(READ_BYTES);
  let isOpen = true;
  return {
    async read() {
      if (!isOpen) return undefined;
      const count = await connection.read(buffer).catch(() => null);
      return count === null ? undefined : buffer.slice(0, count);
    },
    async write(bytes) {
      try {
        for (let sent = 0; sent < bytes.length;) sent += await connection.write(bytes.subarray(sent));
      } catch (error) {
        throw new HostError(`Cannot write to ${peer}: ${errorWords(error)}`, { cause: error });
      }
    },
    close() {
      if (isOpen) connection.close();
      isOpen = false;
    },
  };
}
