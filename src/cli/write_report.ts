import type { Runtime } from "../runtime/port.ts";
import { dirname } from "../std/path.ts";

/**
 * Writes a report: whoever reads the file sees it whole, or what was there before. Folders that are missing are created; a
 * device such as `/dev/null` is written to.
 *
 * @param runtime the host
 * @param path absolute path of the file
 * @param text its content
 * @throws {HostError} when it cannot be written
 */
export function writeReport({ files }: Runtime, path: string, text: string): void {
  const bytes = new TextEncoder().encode(text);
  if (files.stat(path)?.kind !== "char-device") {
    files.makeDirectory(dirname(path));
    return files.replace(path, bytes);
  }
  const device = files.openAppend(path);
  try {
    device.write(bytes);
  } finally {
    device.close();
  }
}
