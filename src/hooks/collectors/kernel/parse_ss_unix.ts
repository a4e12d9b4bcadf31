/** What `ss` adds to `/proc/net/unix`. */
export interface UnixPeer {
  readonly inode: number;
  /** 0 when it is not connected. */
  readonly peerInode: number;
  readonly receiveQueue: number;
  readonly sendQueue: number;
}

/**
 * Parses the output of `ss -xnaH`: type, state, queues, then path and inode of both ends. A path may hold blanks, so
 * the line is read from its end: inode, name of the peer (`*` without name resolution), inode of the peer.
 *
 * @param text standard output of ss
 * @returns one entry per socket; lines of unknown form are left out
 */
export function parseSsUnix(text: string): UnixPeer[] {
  const peers: UnixPeer[] = [];
  for (const line of text.split("\n")) {
    const match = /^u_\w+\s+\S+\s+(\d+)\s+(\d+)\s+.*\s(\d+)\s+\S+\s+(\d+)\s*$/.exec(line);
    if (match === null) continue;
    peers.push({
      receiveQueue: Number(match[1]),
      sendQueue: Number(match[2]),
      inode: Number(match[3]),
      peerInode: Number(match[4]),
    });
  }
  return peers;
}
