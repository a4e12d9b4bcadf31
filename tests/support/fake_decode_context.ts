import type { DecodeContext } from "../../src/hooks/collectors/kernel/decode/decoder.ts";
import { describeFd } from "../../src/hooks/collectors/kernel/describe_fd.ts";
import { fdKind, inodeOfLink } from "../../src/hooks/collectors/kernel/fd_kind.ts";
import type { FdTable, OpenFile } from "../../src/hooks/collectors/kernel/fd_table.ts";
import { parseFdinfo } from "../../src/hooks/collectors/kernel/parse_fdinfo.ts";
import type { MemoryReader } from "../../src/hooks/collectors/kernel/memory_reader.ts";

/** An open file out of its link and its fdinfo text. */
export function openFile(fd: number, link: string, fdinfo = "flags:\t02\n"): OpenFile {
  return { fd, link, kind: fdKind(link, undefined), inode: inodeOfLink(link), info: parseFdinfo(fdinfo) };
}

/** A table of these files. */
export function fdTable(files: readonly OpenFile[]): FdTable {
  const get = (fd: number): OpenFile | undefined => files.find((file) => file.fd === fd);
  return { fds: files.map(({ fd }) => fd), get, link: (fd) => get(fd)?.link };
}

/** Memory that holds these bytes at these addresses and nothing else. */
export function memoryOf(parts: Readonly<Record<string, Uint8Array>>): MemoryReader {
  const find = (address: bigint): Uint8Array | undefined => {
    for (const [start, bytes] of Object.entries(parts)) {
      const offset = Number(address - BigInt(start));
      if (offset >= 0 && offset < bytes.length) return bytes.slice(offset);
    }
    return undefined;
  };
  return {
    read(address, byteLength) {
      const bytes = find(address);
      return bytes === undefined || bytes.length < byteLength
        ? undefined
        : new DataView(bytes.buffer, 0, byteLength);
    },
    readString(address) {
      const bytes = find(address);
      return bytes && new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));
    },
    close() {},
  };
}

/** Little-endian bytes of 32-bit numbers. */
export function words(...numbers: number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(numbers.length * 4));
  numbers.forEach((number, index) => view.setUint32(index * 4, number >>> 0, true));
  return new Uint8Array(view.buffer);
}

/** Little-endian bytes of 64-bit numbers. */
export function longs(...numbers: number[]): Uint8Array {
  return words(...numbers.flatMap((number) => [number % 2 ** 32, Math.floor(number / 2 ** 32)]));
}

/** A context in which process 100 has the threads 100 and 101, and the tree process 200 too. */
export function decodeContext(overrides: Partial<DecodeContext> = {}): DecodeContext {
  const fds = overrides.fds ?? fdTable([]);
  return {
    pgid: 99,
    memory: memoryOf({}),
    fds,
    describeFd: (fd) => describeFd(fd, fds.get(fd), undefined),
    resolvePath: (_directory, path) => path,
    isFifo: () => true,
    idHere: (id) => id,
    processTids: new Set([100, 101]),
    treeTids: new Set([100, 101, 200]),
    blockedSignals: [],
    caughtSignals: ["SIGUSR1", "SIGTERM"],
    monotonicMs: 50_000,
    epochMs: 1_700_000_000_000,
    ...overrides,
  };
}
