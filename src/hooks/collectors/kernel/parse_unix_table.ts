/** One unix socket. */
export interface UnixSocket {
  readonly inode: number;
  /** LISTEN, UNCONNECTED, CONNECTING, CONNECTED or DISCONNECTING. */
  readonly state: string;
  /** The path it is bound to, `@` first for an abstract name; undefined when it has none. */
  readonly path?: string | undefined;
  readonly type: number;
}

const STATES = ["UNCONNECTED", "UNCONNECTED", "CONNECTING", "CONNECTED", "DISCONNECTING"] as const;
/** `__SO_ACCEPTCON` */
const LISTENING = 0x10000;

/**
 * Parses `/proc/net/unix` (proc(5)).
 *
 * @param text content of the file
 * @returns its sockets; lines of unknown form are left out
 */
export function parseUnixTable(text: string): UnixSocket[] {
  const sockets: UnixSocket[] = [];
  for (const line of text.split("\n")) {
    const match = /^[0-9a-f]+: \S+ \S+ ([0-9A-F]{8}) ([0-9A-F]{4}) ([0-9A-F]{2}) +(\d+)(?: (.+))?$/i.exec(
      line,
    );
    if (match === null) continue;
    const isListening = (parseInt(match[1]!, 16) & LISTENING) !== 0;
    sockets.push({
      inode: Number(match[4]),
      state: isListening ? "LISTEN" : STATES[parseInt(match[3]!, 16)] ?? "UNCONNECTED",
      path: match[5],
      type: parseInt(match[2]!, 16),
    });
  }
  return sockets;
}
