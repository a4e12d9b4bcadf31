import type { Runtime } from "../runtime/port.ts";
import { createLinuxLister } from "../tree/linux_lister.ts";

/** The host takes the exit of its own children, and a hook's, within milliseconds; what is left for so long is nobody's. */
const LOOK_PAUSE_MS = 1000;

/**
 * Takes the exit of orphans, which the system hands to the first process of a container and which stay zombies until it
 * does so: of every child that is a zombie at two looks, a second apart. Does nothing where the host cannot (Node).
 *
 * @param runtime the host, whose process is the first one
 * @returns a function that ends it
 */
export async function reapOrphans(runtime: Runtime): Promise<() => void> {
  const reap = runtime.os === "linux" ? await runtime.reaper() : undefined;
  if (reap === undefined) return () => {};
  const lister = createLinuxLister(runtime.files);
  let seen = new Set<string>();
  const timer = setInterval(() => {
    const zombies = lister.listAll().filter(({ ppid, state }) => ppid === runtime.pid && state === "Z");
    const left = new Set<string>();
    for (const { pid, startTime } of zombies) {
      const key = `${pid} ${startTime}`;
      if (seen.has(key)) reap(pid);
      else left.add(key);
    }
    seen = left;
  }, LOOK_PAUSE_MS);
  return () => clearInterval(timer);
}
