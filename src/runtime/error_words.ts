import { messageOf } from "../errors.ts";

const WORDS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EDQUOT: "the disk quota is used up",
  EEXIST: "already exists",
  EFBIG: "the file would become too large",
  EIO: "input/output error",
  EISDIR: "is a directory",
  ELOOP: "too many symbolic links",
  EMFILE: "too many open files (see ulimit -n)",
  ENAMETOOLONG: "the name is too long",
  ENFILE: "too many open files on this machine",
  ENOENT: "does not exist",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of the path is not a directory",
  ENOTEMPTY: "the directory is not empty",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ESRCH: "the process is gone",
};

/**
 * The system's code of an error that a host threw, such as `ENOENT`.
 *
 * @param error what a `catch` caught
 * @returns the code; empty when the error carries none
 */
export function errorCode(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === "string" ? code : "";
}

/**
 * What the case is, in words that follow `Cannot read "x": `.
 *
 * @param error what a host's function threw
 * @returns the words, such as "permission denied"; the host's own where the code is not a common one
 */
export function errorWords(error: unknown): string {
  return WORDS[errorCode(error)] ?? messageOf(error);
}
