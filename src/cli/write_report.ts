import type { Runtime } from "../runtime/port.ts";
import { dirname } from "../std/path.ts";

/**
 * Writes a report: whoever reads the file sees it whole, or what was there before. Folders that are missing are created.
 *
 * @param runtime the host
 * @param path absolute path of the file
 * @param text its content
 * @throws {HostError} when it cannot be written
 */
export function writeReport(runtime: Runtime, path: string, text: string): void {
  runtime.files.makeDirectory(dirname(path));
  runtime.files.replace(path, new TextEncoder().encode(text));
}
