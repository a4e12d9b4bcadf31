import type { RawFile, RawFiles, RawStat } from "./raw_files.ts";

/** File functions over `Deno`, which keep nothing open. */
export const denoFiles: RawFiles = {
  open(path, how) {
    if (how === "read") return openFile(Deno.openSync(path));
    if (how === "append") return openFile(Deno.openSync(path, { append: true }));
    return openFile(Deno.openSync(path, { append: true, createNew: true, mode: 0o600 }));
  },
  stat: (path) => toRawStat(Deno.statSync(path)),
  linkStat: (path) => toRawStat(Deno.lstatSync(path)),
  setMode: (path, mode) => Deno.chmodSync(path, mode),
  list: (path) => Array.from(Deno.readDirSync(path), (entry) => entry.name),
  readLink: (path) => Deno.readLinkSync(path),
  realPath: (path) => Deno.realPathSync(path),
  makeDirectory: (path) => Deno.mkdirSync(path, { recursive: true, mode: 0o700 }),
  makeTempDirectory: (prefix) => Deno.makeTempDirSync({ prefix }),
  link: (target, path) =>
    Deno.symlinkSync(target, path, Deno.build.os === "windows" ? { type: "dir" } : undefined),
  rename: (from, to) => Deno.renameSync(from, to),
  remove: (path, recursive) => Deno.removeSync(path, { recursive }),
  removeLater: (path) => Deno.remove(path, { recursive: true }),
};

function openFile(file: Deno.FsFile): RawFile {
  // Deno reads at the file's own position: seeking is spared where reading goes on.
  let filePosition = 0;
  return {
    read(buffer, position) {
      if (position !== filePosition) filePosition = file.seekSync(position, Deno.SeekMode.Start);
      const count = file.readSync(buffer) ?? 0;
      filePosition += count;
      return count;
    },
    write: (bytes) => file.writeSync(bytes),
    stat: () => toRawStat(file.statSync()),
    close: () => file.close(),
  };
}

function toRawStat(info: Deno.FileInfo): RawStat {
  return {
    kind: kindOf(info),
    sizeBytes: info.size,
    inode: info.ino ?? 0,
    device: info.dev,
    modifiedMs: info.mtime?.getTime() ?? 0,
    mode: (info.mode ?? 0) & 0o7777,
    uid: info.uid ?? 0,
  };
}

function kindOf(info: Deno.FileInfo): RawStat["kind"] {
  if (info.isFile) return "file";
  if (info.isDirectory) return "directory";
  if (info.isSymlink) return "link";
  if (info.isFifo) return "fifo";
  if (info.isSocket) return "socket";
  if (info.isCharDevice) return "char-device";
  return info.isBlockDevice ? "block-device" : "other";
}
