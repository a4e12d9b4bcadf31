import type { Files } from "../../../runtime/port.ts";
import { forEachLimited } from "../for_each_limited.ts";
import type { CollectedStack, NativeContext } from "./native_context.ts";
import { parseAddr2line, type SourcePlace } from "./parse_addr2line.ts";
import { threadToAttach } from "./thread_to_attach.ts";
import { isCLibrary, placeKey, type SourcePlaces } from "./to_stack.ts";

const TOOL = "eu-addr2line";
const AT_A_TIME = 4;
/** Addresses of one process; a program that is everywhere is not explained by more. */
const MAX_ADDRESSES = 2000;
/** Programs at a fixed address begin below; the others are placed far above by the kernel. */
const HIGHEST_FIXED_BASE = 0xffff_ffff;

/** The source places of the frames that were collected. */
export interface SourcePlaceFinder {
  /**
   * Looks up what was not looked up before. Nothing is stopped; each place is looked up once, in a process that has the
   * module loaded or, when that has gone, in the file. One call at a time.
   *
   * @param signal aborted when time is up
   * @returns what was found until then, by earlier calls too
   */
  lookUp(signal: AbortSignal): Promise<SourcePlaces>;
}

/**
 * Finds source lines, and the functions that were inlined.
 *
 * @param context what is collected
 */
export function createSourcePlaces(context: NativeContext): SourcePlaceFinder {
  const { toolbox, log } = context;
  const found = new Map<string, SourcePlace[]>();
  const asked = new Set<string>();
  return {
    async lookUp(signal) {
      if (!toolbox.has(TOOL)) return found;
      const queries = queriesOf(context, asked);
      let totalMs = 0;
      let failure: string | undefined;
      await forEachLimited([...queries.values()], AT_A_TIME, async ({ where, addresses }) => {
        const args = [...where, "-a", "-f", "-i", "-C"];
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
        const status = failure === undefined ? "ok" : "timeout";
        log.add({ name: TOOL, pid: 0, status, ms: totalMs, detail: failure });
      }
      return found;
    },
  };
}

/** What to look up with one run of the tool. */
interface Query {
  /** Options that say in which process or file. */
  readonly where: readonly string[];
  /** The addresses, with the key of each. */
  readonly addresses: Map<number, string>;
}

/** Adds what is to be looked up to `asked`. */
function queriesOf(
  { runtime: { files }, collected }: NativeContext,
  asked: Set<string>,
): Map<string, Query> {
  const queries = new Map<string, Query>();
  const bases = moduleBases(collected);
  for (const { pid, frames } of collected) {
    for (const frame of frames) {
      const { module, moduleOffset, function: name } = frame;
      const key = placeKey(frame);
      const base = bases.get(`${pid} ${module}`);
      if (key === undefined || asked.has(key) || base === undefined) continue;
      if (name !== undefined && isCLibrary(module!)) continue;
      asked.add(key);
      const place = placeToAsk(files, pid, module!);
      let query = queries.get(place.path);
      if (query === undefined) {
        query = { where: [place.kind === "file" ? "-e" : "-p", place.path], addresses: new Map() };
        queries.set(place.path, query);
      }
      const isRelative = place.kind === "file" && base > HIGHEST_FIXED_BASE;
      query.addresses.set((isRelative ? 0 : base) + moduleOffset!, key);
    }
  }
  return queries;
}

/** A process knows its modules; a program that was replaced while it runs can only be read through it, as a file. */
function placeToAsk(files: Files, pid: number, module: string): { kind: "process" | "file"; path: string } {
  const thread = threadToAttach(files, pid);
  const exe = `/proc/${thread}/exe`;
  const target = files.readLink(exe);
  if (target === undefined) return { kind: "file", path: module };
  return target === module && module.endsWith(" (deleted)")
    ? { kind: "file", path: exe }
    : { kind: "process", path: `${thread}` };
}

/** Where modules begin. perf prints offsets only; eu-stack has said where they begin. */
function moduleBases(collected: readonly CollectedStack[]): Map<string, number> {
  const bases = new Map<string, number>();
  for (const { pid, frames } of collected) {
    for (const { module, moduleBase } of frames) {
      if (moduleBase !== undefined) bases.set(`${pid} ${module}`, moduleBase);
    }
  }
  return bases;
}
