import { forEachLimited } from "./for_each_limited.ts";
import type { CollectedStack, NativeContext } from "./native_context.ts";
import { parseAddr2line, type SourcePlace } from "./parse_addr2line.ts";
import { threadToAttach } from "./thread_to_attach.ts";
import { isCLibrary, placeKey, type SourcePlaces } from "./to_stack.ts";

const TOOL = "eu-addr2line";
const AT_A_TIME = 4;
/** Addresses of one process; a program that is everywhere is not explained by more. */
const MAX_ADDRESSES = 2000;

/**
 * Looks up the source lines, and the functions that were inlined, of all frames that were collected. Nothing is
 * stopped; each place is looked up once, in whichever process has the module loaded.
 *
 * @param context what was collected
 * @param livePids the processes that are still there
 * @param signal aborted when time is up
 * @returns what was found until then
 */
export async function findSourcePlaces(
  context: NativeContext,
  livePids: ReadonlySet<number>,
  signal: AbortSignal,
): Promise<SourcePlaces> {
  const { runtime, toolbox, log, collected } = context;
  const found = new Map<string, SourcePlace[]>();
  if (!toolbox.has(TOOL)) return found;
  const queries = queriesOf(collected, livePids);
  let totalMs = 0;
  let failure: string | undefined;
  await forEachLimited([...queries], AT_A_TIME, async ([pid, addresses]) => {
    const thread = threadToAttach(runtime.files, pid);
    const args = ["-p", String(thread), "-a", "-f", "-i", "-C"];
    for (const address of [...addresses.keys()].slice(0, MAX_ADDRESSES)) {
      args.push(`0x${address.toString(16)}`);
    }
    const { status, stdout, ms } = await toolbox.run({ name: TOOL, args, signal });
    totalMs += ms;
    if (status === "timeout") failure = `it was ended after ${Math.round(ms)} ms`;
    for (const [address, places] of parseAddr2line(stdout)) {
      const key = addresses.get(address);
      const isKnown = places.some((place) => place.function !== undefined || place.file !== undefined);
      if (key !== undefined && isKnown) found.set(key, places);
    }
  });
  if (queries.size > 0) {
    log.add({
      name: TOOL,
      pid: 0,
      status: failure === undefined ? "ok" : "timeout",
      ms: totalMs,
      detail: failure,
    });
  }
  return found;
}

/** For each process the addresses to look up in it, with the key of each. */
function queriesOf(
  collected: readonly CollectedStack[],
  livePids: ReadonlySet<number>,
): Map<number, Map<number, string>> {
  const queries = new Map<number, Map<number, string>>();
  const asked = new Set<string>();
  // perf prints offsets only; where the module begins, eu-stack has said.
  const bases = new Map<string, number>();
  for (const { pid, frames } of collected) {
    for (const { module, moduleBase } of frames) {
      if (moduleBase !== undefined) bases.set(`${pid} ${module}`, moduleBase);
    }
  }
  for (const { pid, frames } of collected) {
    if (!livePids.has(pid)) continue;
    for (const frame of frames) {
      const { module, moduleOffset, function: name } = frame;
      const key = placeKey(frame);
      const base = bases.get(`${pid} ${module}`);
      if (key === undefined || asked.has(key) || base === undefined) continue;
      if (name !== undefined && isCLibrary(module!)) continue;
      asked.add(key);
      let addresses = queries.get(pid);
      if (addresses === undefined) queries.set(pid, addresses = new Map());
      addresses.set(base + moduleOffset!, key);
    }
  }
  return queries;
}
