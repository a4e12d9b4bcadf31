import { formatProcAddress } from "./inet_address.ts";

/** States of TCP as netstat names them, by the kernel's number; UDP sockets use 1 and 7. */
const STATES = [
  "UNKNOWN",
  "ESTABLISHED",
  "SYN_SENT",
  "SYN_RECV",
  "FIN_WAIT1",
  "FIN_WAIT2",
  "TIME_WAIT",
  "CLOSE",
  "CLOSE_WAIT",
  "LAST_ACK",
  "LISTEN",
  "CLOSING",
  "NEW_SYN_RECV",
] as const;

/** One internet socket. */
export interface InetSocket {
  /** 0 for a socket that no process holds: not accepted yet, or closed already. */
  readonly inode: number;
  readonly state: string;
  readonly local: string;
  /** `0.0.0.0:0` or `[::]:0` where there is none. */
  readonly remote: string;
  readonly sendQueue: number;
  /** For a listening socket the number of connections that wait to be accepted. */
  readonly receiveQueue: number;
}

/**
 * Parses `/proc/net/tcp`, `tcp6`, `udp` or `udp6` (proc(5)).
 *
 * @param text content of the file
 * @returns its sockets; lines of unknown form are left out
 */
export function parseInetTable(text: string): InetSocket[] {
  const sockets: InetSocket[] = [];
  for (const line of text.split("\n").slice(1)) {
    const fields = line.trim().split(/\s+/);
    const local = formatProcAddress(fields[1] ?? "");
    const remote = formatProcAddress(fields[2] ?? "");
    if (local === undefined || remote === undefined) continue;
    const [sendQueue, receiveQueue] = (fields[4] ?? "").split(":").map((hex) => parseInt(hex, 16));
    sockets.push({
      inode: Number(fields[9] ?? 0),
      state: STATES[parseInt(fields[3] ?? "0", 16)] ?? "UNKNOWN",
      local,
      remote,
      sendQueue: sendQueue ?? 0,
      receiveQueue: receiveQueue ?? 0,
    });
  }
  return sockets;
}
