import type { RawFile } from "./raw_files.ts";

/**
 * Writes until all is written.
 *
 * @param file an open file
 * @param bytes what to write
 * @throws the host's error
 */
export function writeAll(file: RawFile, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += file.write(bytes.subarray(done));
}
