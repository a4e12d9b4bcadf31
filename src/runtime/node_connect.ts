import type { NetConnectOpts, Socket } from "node:net";
import { HostError } from "../errors.ts";
import { errorWords } from "./error_words.ts";
import { toReadableStream } from "./node_streams.ts";
import type { Connection } from "./port.ts";

/**
 * Connects to a port of this machine with `node:net`.
 *
 * @param port 1 to 65535
 * @returns the connection, as the port promises it
 * @throws {HostError} when nobody listens there
 */
export function connectWithNode(port: number): Promise<Connection> {
  // What is written goes out at once, also while something before it has not been acknowledged.
  return connectTo({ host: "127.0.0.1", port, noDelay: true }, `port ${port}`);
}

/**
 * Connects to a unix socket with `node:net`.
 *
 * @param path of the socket
 * @returns the connection, as the port promises it
 * @throws {HostError} when nobody listens there, or it may not be connected to
 */
export function connectUnixWithNode(path: string): Promise<Connection> {
  return connectTo({ path }, `socket "${path}"`);
}

async function connectTo(options: NetConnectOpts, peer: string): Promise<Connection> {
  // Loaded late: most runs never connect to anything.
  const { connect } = await import("node:net");
  const socket = await new Promise<Socket>((resolve, reject) => {
    const connecting = connect(options, () => resolve(connecting));
    connecting.once("error", (error) => {
      reject(new HostError(`Cannot connect to ${peer}: ${errorWords(error)}`, { cause: error }));
    });
  });
  const reader = toReadableStream(socket).getReader();
  return {
    async read() {
      return (await reader.read()).value;
    },
    write: (bytes) =>
      new Promise((resolve, reject) => {
        socket.write(bytes, (error) => {
          if (!error) resolve();
          else reject(new HostError(`Cannot write to ${peer}: ${errorWords(error)}`, { cause: error }));
        });
      }),
    close() {
      socket.destroy();
    },
  };
}
