import type { Socket } from "node:net";
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
export async function connectWithNode(port: number): Promise<Connection> {
  // Loaded late: most runs never connect to anything.
  const { connect } = await import("node:net");
  const socket = await new Promise<Socket>((resolve, reject) => {
    const connecting = connect({ host: "127.0.0.1", port }, () => resolve(connecting));
    connecting.once("error", (error) => {
      reject(new HostError(`Cannot connect to port ${port}: ${errorWords(error)}`, { cause: error }));
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
          else reject(new HostError(`Cannot write to port ${port}: ${errorWords(error)}`, { cause: error }));
        });
      }),
    close() {
      socket.destroy();
    },
  };
}
