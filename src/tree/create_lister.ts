import type { Files, Runtime } from "../runtime/port.ts";
import { createDarwinLister } from "./darwin_lister.ts";
import { createLinuxLister } from "./linux_lister.ts";
import type { ProcessLister } from "./process_lister.ts";
import { createWindowsLister } from "./windows_lister.ts";

/** They keep nothing, and each test of a run needs one. */
const linuxListers = new WeakMap<Files, ProcessLister>();

/**
 * The lister of the host's operating system. Where it has a `refresh`, call that before asking anything.
 *
 * @param runtime the host
 * @returns `ps` serves every Unix that has no `/proc` of Linux's kind
 */
export function createLister(runtime: Runtime): ProcessLister {
  if (runtime.os === "linux" || runtime.os === "android") {
    const lister = linuxListers.get(runtime.files) ?? createLinuxLister(runtime.files);
    linuxListers.set(runtime.files, lister);
    return lister;
  }
  return runtime.os === "windows" ? createWindowsLister(runtime) : createDarwinLister(runtime);
}
