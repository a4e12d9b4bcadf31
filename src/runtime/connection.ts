/** A connection to a port or socket of this machine; whoever opened it closes it. */
export interface Connection {
  /** The next bytes; undefined at the end, after a failure and once it is closed. One call at a time. */
  read(): Promise<Uint8Array | undefined>;
  /** Writes all bytes. @throws {HostError} when the other side has gone. */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends it in both directions, also while a read waits. */
  close(): void;
}
