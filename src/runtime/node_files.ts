import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { errorCode } from "./error_words.ts";
import type { RawFile, RawFiles, RawStat } from "./raw_files.ts";

const { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_WRONLY } = fs.constants;
const FLAGS = { read: O_RDONLY, append: O_WRONLY | O_APPEND, create: O_WRONLY | O_APPEND | O_CREAT | O_EXCL };

/** Of directories. */
const MODE = 0o700;

/** File functions over `node:fs`, which keep nothing open. */
export const nodeFiles: RawFiles = {
  open: (file, how) => openFile(fs.openSync(file, FLAGS[how], 0o600)),
  stat: (file) => toRawStat(fs.statSync(file)),
  linkStat: (file) => toRawStat(fs.lstatSync(file)),
  setMode: (file, mode) => fs.chmodSync(file, mode),
  list: (directory) => fs.readdirSync(directory),
  readLink: (link) => fs.readlinkSync(link),
  realPath: (file) => fs.realpathSync(file),
  makeDirectory,
  makeTempDirectory: (prefix) => fs.mkdtempSync(path.join(os.tmpdir(), prefix)),
  link: (target, file) => fs.symlinkSync(target, file, "dir"),
  rename: (from, to) => fs.renameSync(from, to),
  removeLater: (file) => fs.promises.rm(file, { recursive: true }),
  remove(file, recursive) {
    if (recursive) fs.rmSync(file, { recursive: true });
    else if (fs.lstatSync(file).isDirectory()) fs.rmdirSync(file);
    else fs.unlinkSync(file);
  },
};

function makeDirectory(directory: string): void {
  try {
    fs.mkdirSync(directory, { recursive: true, mode: MODE });
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
    // On a read-only file system and some more, Node (not Bun) says that there is no such directory; without parents it says why.
    let missing = path.resolve(directory);
    while (!fs.existsSync(path.dirname(missing))) missing = path.dirname(missing);
    fs.mkdirSync(missing, { mode: MODE });
    throw error;
  }
}

function openFile(descriptor: number): RawFile {
  return {
    read: (buffer, position) => fs.readSync(descriptor, buffer, 0, buffer.length, position),
    write: (bytes) => fs.writeSync(descriptor, bytes),
    stat: () => toRawStat(fs.fstatSync(descriptor)),
    close: () => fs.closeSync(descriptor),
  };
}

function toRawStat(stats: fs.Stats): RawStat {
  return {
    kind: kindOf(stats),
    sizeBytes: stats.size,
    inode: stats.ino,
    device: stats.dev,
    modifiedMs: stats.mtimeMs,
    mode: stats.mode & 0o7777,
    uid: stats.uid,
  };
}

function kindOf(stats: fs.Stats): RawStat["kind"] {
  if (stats.isFile()) return "file";
  if (stats.isDirectory()) return "directory";
  if (stats.isSymbolicLink()) return "link";
  if (stats.isFIFO()) return "fifo";
  if (stats.isSocket()) return "socket";
  if (stats.isCharacterDevice()) return "char-device";
  return stats.isBlockDevice() ? "block-device" : "other";
}
