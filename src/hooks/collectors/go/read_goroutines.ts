import type { Files } from "../../../runtime/port.ts";
import { isAddress, openRemoteMemory, type RemoteMemory, wordAt } from "../remote_memory.ts";
import { findGoProgram, type GoProgram } from "./find_go_program.ts";
import { findGoroutineList, type GoroutineList } from "./find_goroutine_list.ts";
import { findWaitReasons } from "./find_wait_reasons.ts";
import { openFunctionTable } from "./function_table.ts";
import { chooseLayout } from "./choose_layout.ts";
import type { GoImage } from "./go_image.ts";
import type { Goroutine } from "./goroutine.ts";
import { locateGo } from "./locate_go.ts";
import { createPagedMemory } from "./paged_memory.ts";
import { createPlaceFinder } from "./place_of_pc.ts";
import { readGoroutine } from "./read_goroutine.ts";

/** What came of looking at a process. */
export type GoReading =
  | { readonly kind: "none" }
  | { readonly kind: "denied" }
  | { readonly kind: "refused"; readonly reason: string }
  | {
    readonly kind: "read";
    /** Such as `1.19.8`; undefined for a program that does not tell. */
    readonly version: string | undefined;
    /** Those of the program, not of the runtime; by number. */
    readonly goroutines: readonly Goroutine[];
    /** Those that changed too fast, or for which time was too short. */
    readonly unreadCount: number;
  };

const MAX_READ = 100_000;
const BLOCK = 512;

/**
 * Reads the goroutines of a process from its memory. It goes on running, is not signalled and notices nothing.
 *
 * @param files the host's files
 * @param pid the process
 * @param budgetMs how long this may take, roughly: further goroutines are not begun
 * @returns the goroutines, or why there are none; a layout that is not known is refused
 */
export function readGoroutines(files: Files, pid: number, budgetMs: number): GoReading {
  const startMs = performance.now();
  const program = findGoProgram(files, pid);
  if (program === undefined) return { kind: "none" };
  const maps = files.readText(`/proc/${pid}/maps`);
  const memory = maps === undefined || maps === "" ? undefined : openRemoteMemory(files, pid);
  if (maps === undefined || memory === undefined) {
    return files.stat(`/proc/${pid}`) === undefined ? { kind: "none" } : { kind: "denied" };
  }
  try {
    const opened = openImage(files, pid, { program, maps, memory });
    if (typeof opened === "string") return { kind: "refused", reason: opened };
    const isOver = (): boolean => performance.now() - startMs > budgetMs;
    return { kind: "read", version: program.version, ...readList(opened.image, opened.list, isOver) };
  } finally {
    memory.close();
  }
}

/** Opens what the program's own tables say of it; a sentence's part when they are not what is known. */
function openImage(
  files: Files,
  pid: number,
  { program, maps, memory }: {
    readonly program: GoProgram;
    readonly maps: string;
    readonly memory: Omit<RemoteMemory, "close">;
  },
): { readonly image: GoImage; readonly list: GoroutineList } | string {
  const name = program.version === undefined ? "its version of Go" : `Go ${program.version}`;
  const layouts = chooseLayout(program.version);
  if (layouts.length === 0) return `${name} is not known here`;
  const places = locateGo(memory, program, maps);
  const paged = createPagedMemory(memory);
  const table = places && openFunctionTable(paged, places.functionTable, places);
  if (places === undefined || table === undefined) return "its table of functions was not found";
  const waitReasons = findWaitReasons(memory, places.data);
  if (waitReasons === undefined) return `${name} has no such words for waits: unknown layout`;
  const tids = new Set((files.list(`/proc/${pid}/task`) ?? []).map(Number));
  const fitting = layouts.flatMap((layout) => {
    const list = findGoroutineList(memory, places.zeroed, { layout, tids });
    return list === undefined ? [] : [{ layout, list }];
  });
  const [only, other] = fitting;
  if (only === undefined || other !== undefined) return `${name} has no such goroutines: unknown layout`;
  const uptimeS = Number(/^[\d.]+/.exec(files.readText("/proc/uptime") ?? "")?.[0] ?? 0);
  return {
    list: only.list,
    image: {
      memory,
      machine: program.machine,
      layout: only.layout,
      waitReasons,
      placeOf: createPlaceFinder(paged, table),
      tids,
      nowNs: uptimeS * 1e9,
    },
  };
}

function readList(
  image: GoImage,
  { start, length }: GoroutineList,
  isOver: () => boolean,
): Pick<Extract<GoReading, { kind: "read" }>, "goroutines" | "unreadCount"> {
  const goroutines: Goroutine[] = [];
  let unreadCount = Math.max(0, length - MAX_READ);
  for (let index = 0; index < Math.min(length, MAX_READ); index += BLOCK) {
    const count = Math.min(BLOCK, Math.min(length, MAX_READ) - index);
    const block = image.memory.read(start + index * 8, count * 8);
    for (let at = 0; at < count; at++) {
      const address = block === undefined ? 0 : wordAt(block, at * 8);
      const found = !isAddress(address) || (goroutines.length > 0 && isOver())
        ? "unread"
        : readGoroutine(image, address);
      if (found === "unread") unreadCount++;
      else if (found !== undefined) goroutines.push(found);
    }
  }
  return { goroutines: goroutines.sort((a, b) => a.id - b.id), unreadCount };
}
