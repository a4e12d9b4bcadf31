import type { FileStat } from "./port.ts";

/** What a host tells of a file; `link` only when links are not followed. */
export interface RawStat extends Omit<FileStat, "kind"> {
  readonly kind: FileStat["kind"] | "link";
  readonly device: number;
}

/** An open file of a host. Every function throws the host's error, which carries the system's code in `code`. */
export interface RawFile {
  /** Reads at a position; 0 at the end. */
  read(buffer: Uint8Array, position: number): number;
  /** Appends, perhaps not all; returns the count. */
  write(bytes: Uint8Array): number;
  stat(): RawStat;
  close(): void;
}

/**
 * The file functions of a host with nothing added: `createFiles` makes the port's `Files` of them. Every function
 * throws the host's error, which carries the system's code in `code`.
 */
export interface RawFiles {
  /** `create` is exclusive, with mode 0600, and appends; `append` does not create. */
  open(path: string, how: "read" | "create" | "append"): RawFile;
  stat(path: string): RawStat;
  /** Does not follow a link as the last part. */
  linkStat(path: string): RawStat;
  setMode(path: string, mode: number): void;
  list(path: string): string[];
  readLink(path: string): string;
  realPath(path: string): string;
  /** With its parents, mode 0700; silent when it is there. */
  makeDirectory(path: string): void;
  makeTempDirectory(prefix: string): string;
  /** `target` is taken for a directory on systems that tell the two kinds of link apart. */
  link(target: string, path: string): void;
  rename(from: string, to: string): void;
  remove(path: string, recursive: boolean): void;
  /** Recursive. */
  removeLater(path: string): Promise<void>;
}
