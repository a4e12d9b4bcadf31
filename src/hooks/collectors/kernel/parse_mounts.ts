/** File systems whose server may be gone, so that even `stat` can block for ever. */
const REMOTE = /^(nfs|cifs|smb|ceph|afs|9p|fuse|lustre|gfs|ocfs|glusterfs|virtiofs|coda|ncp|orangefs|beegfs)/;

/** A mount whose file system may not answer. */
export interface RemoteMount {
  readonly id: number;
  readonly path: string;
}

/**
 * Picks the mounts that must not be touched out of `/proc/PID/mountinfo` (proc(5)).
 *
 * @param text content of the file
 * @returns the mounts of network and user-space file systems
 */
export function parseRemoteMounts(text: string): RemoteMount[] {
  const mounts: RemoteMount[] = [];
  for (const line of text.split("\n")) {
    const separator = line.indexOf(" - ");
    if (separator < 0 || !REMOTE.test(line.slice(separator + 3))) continue;
    const fields = line.split(" ");
    const path = (fields[4] ?? "").replace(
      /\\([0-7]{3})/g,
      (_, octal) => String.fromCharCode(parseInt(octal, 8)),
    );
    mounts.push({ id: Number(fields[0]), path });
  }
  return mounts;
}
