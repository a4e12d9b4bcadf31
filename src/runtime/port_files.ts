/** The part of the port that is about files. */
/** What `stat` tells of a file, links followed. */
export interface FileStat {
  /** What it is; links are followed. */
  readonly kind: "file" | "directory" | "fifo" | "socket" | "char-device" | "block-device" | "other";
  /** Size in bytes; 0 for most files of `/proc`. */
  readonly sizeBytes: number;
  /** Inode number, unique within its file system. */
  readonly inode: number;
  /** Time of the last change, in milliseconds since 1970. */
  readonly modifiedMs: number;
  /** Permission bits, such as 0o644; 0 where the system has none. */
  readonly mode: number;
  /** User id of its owner; 0 where the system has none. */
  readonly uid: number;
}

/** A file opened for reading at positions; the caller closes it. */
export interface ReadHandle {
  /**
   * Reads at a position. A short count is not an error; -1 means that the range cannot be read (unmapped memory, gone
   * process).
   */
  readAt(buffer: Uint8Array, position: number): number;
  /** Gives the file back to the system. */
  close(): void;
}

/** A file opened for appending; the caller closes it. */
export interface AppendHandle {
  /** Writes all bytes. @throws {HostError} when the disk is full or the file is gone. */
  write(bytes: Uint8Array): void;
  /** Gives the file back to the system. */
  close(): void;
}

/**
 * Files, synchronously: what is read is `/proc` and small files. Only regular files are read, as a FIFO would block.
 * Nothing here throws unless it says so.
 */
export interface Files {
  /** The text of a file, invalid UTF-8 replaced; undefined when it cannot be read. `maxBytes` defaults to 16 MiB. */
  readText(path: string, maxBytes?: number): string | undefined;
  /** The last `maxBytes` of a file; undefined when it cannot be read. */
  readTail(path: string, maxBytes: number): Uint8Array | undefined;
  /** The names in a directory, unordered; undefined when it cannot be read. */
  list(path: string): string[] | undefined;
  /** The target of a symbolic link; undefined when it cannot be read. */
  readLink(path: string): string | undefined;
  /** What a path leads to; undefined when there is nothing, or a link to nothing. */
  stat(path: string): FileStat | undefined;
  /** The canonical path; undefined when it does not exist. */
  realPath(path: string): string | undefined;
  /** Why a path cannot be read, for messages after `undefined`: "does not exist", "permission denied" or the host's words. */
  explainUnreadable(path: string): string;
  /** Opens for reading at positions, such as `/proc/PID/mem`; undefined when it cannot be opened. */
  openRead(path: string): ReadHandle | undefined;
  /** Creates a file that must not exist, mode 0600, links not followed. @throws {HostError} */
  create(path: string, bytes: Uint8Array): void;
  /**
   * Gives a file new content at once, mode 0600: whoever reads it sees the old or the new. @throws {HostError} also when
   * the path is there and no regular file: devices, links and directories keep their place
   */
  replace(path: string, bytes: Uint8Array): void;
  /** Gives a file another path on its file system, in place of a file that is there; it stays open where it is. @throws {HostError} */
  rename(from: string, to: string): void;
  /** Opens for appending, created with mode 0600 if need be. @throws {HostError} */
  openAppend(path: string): AppendHandle;
  /** Creates a directory and its parents, mode 0700 for what is new. @throws {HostError} */
  makeDirectory(path: string): void;
  /** A new, private directory in the system's folder for temporary files; the caller removes it. @throws {HostError} */
  makeTempDirectory(prefix: string): string;
  /** Makes `path` a symbolic link to `target`, replacing one that is there. @throws {HostError} */
  replaceLink(target: string, path: string): void;
  /** Removes a file or an empty directory, or with `recursive` all below it; silent when it cannot. */
  remove(path: string, options?: { recursive?: boolean }): void;
  /** Removes a file, or a directory with all below it, while the event loop goes on; silent when it cannot. */
  removeLater(path: string): Promise<void>;
}
