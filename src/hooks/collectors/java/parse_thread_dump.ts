import { plainName } from "./plain_name.ts";
import type { DumpFrame, DumpLock, DumpObject, DumpOwnership, ThreadDump } from "./thread_dump.ts";

const MAX_THREADS = 20_000;
const MAX_FRAMES = 2000;
const MAX_LINE = 2000;
const HEAD = /^Full thread dump (.+?):?$/;
/** `"main" #1 [77] daemon prio=5 os_prio=0 cpu=1ms elapsed=1s tid=0x7f nid=0x1e96 in Object.wait()  [0x7f]` */
const THREAD = /^"(.*)" (?:#\d|\[|daemon |prio=|os_prio=)[^"]* nid=(0x[0-9a-f]+|\d+)(?: [^"]*)?$/;
const STATE = /^ {3}java\.lang\.Thread\.State: (.+)$/;
const FRAME = /^\s+at (\S.*)\(([^()]*)\)$/;
const LOCK =
  /^\s+- (waiting to lock|waiting to re-lock in wait\(\)|waiting on|parking to wait for|locked) +<([^<>]*)>(?: \(an? (.*)\))?$/;
const SYNCHRONIZER = /^\s+- <(0x[0-9a-f]+)> \(an? (.*)\)$/;
/** The section on deadlocks names the object of a monitor after the monitor itself. */
const AWAITED =
  /^ {2}waiting (?:to lock monitor|for ownable synchronizer) (0x[0-9a-f]+),? \((?:object (0x[0-9a-f]+), )?an? (.*)\),/;
const HOLDER = /^ {2}(?:in JNI, )?which is held by "(.*)"$/;
const ADDRESS = /^0x[0-9a-f]+$/;
const ACTIONS: Readonly<Record<string, DumpLock["action"]>> = {
  "waiting to lock": "enter",
  "waiting to re-lock in wait()": "re-enter",
  "waiting on": "wait",
  "parking to wait for": "park",
  locked: "locked",
};

/** A thread that is still being read. */
interface OpenThread {
  readonly name: string;
  readonly nid: number;
  state?: string;
  readonly frames: (DumpFrame & { readonly locks: DumpLock[] })[];
  readonly synchronizers: DumpObject[];
}

/**
 * Parses what HotSpot prints for `jcmd Thread.print`, `jstack` and SIGQUIT, as JDK 8 to 25 write it.
 *
 * @param text which may begin or end anywhere; lines that are not understood are passed over
 * @returns the last dump in it; undefined when there is none
 */
export function parseThreadDump(text: string): ThreadDump | undefined {
  const threads: OpenThread[] = [];
  const ownerships: DumpOwnership[] = [];
  let version = "";
  let thread: OpenThread | undefined;
  let awaited: DumpObject | undefined;
  for (const whole of text.slice(lastDumpAt(text)).split("\n")) {
    const line = whole.slice(0, MAX_LINE).trimEnd();
    if (line.startsWith('"')) {
      // A name without more opens a thread of the section on deadlocks, whose frames have been told already.
      thread = threads.length < MAX_THREADS ? openThread(line) : undefined;
      if (thread !== undefined) threads.push(thread);
    } else if (thread !== undefined && line !== "") {
      readThreadLine(thread, line);
    } else if (version === "" && line.startsWith("Full")) {
      version = versionOf(line);
    }
    if (thread !== undefined) continue;
    const [, monitor, object, type] = AWAITED.exec(line) ?? [];
    if (type !== undefined) awaited = { id: plainAddress(object ?? monitor!), type };
    const holder = HOLDER.exec(line)?.[1];
    if (holder !== undefined && awaited !== undefined) {
      if (ownerships.length < MAX_THREADS) ownerships.push({ ...awaited, holder });
      awaited = undefined;
    }
  }
  return threads.length === 0 ? undefined : { version, threads, ownerships };
}

function lastDumpAt(text: string): number {
  return Math.max(0, text.lastIndexOf("Full thread dump "));
}

/** `OpenJDK 64-Bit Server VM (17.0.15+6-Debian-1 mixed mode, sharing)` as people say it: `OpenJDK 17.0.15`. */
function versionOf(line: string): string {
  const [, words, digits] = /^(.*) \((\d+(?:\.\d+)*)[^()]*\)$/.exec(HEAD.exec(line)?.[1] ?? "") ?? [];
  if (digits === undefined) return "";
  const name = words!.replace(/\(TM\)| (?:\d+-Bit|Server|Client|Minimal|Zero|VM)\b/g, "");
  // The virtual machine of Java 8 has numbers of its own.
  return `${name} ${digits.replace(/^25\.(?=\d+$)/, "8u")}`;
}

function openThread(line: string): OpenThread | undefined {
  const [, name, nid] = THREAD.exec(line) ?? [];
  if (nid === undefined) return undefined;
  return { name: name!, nid: Number(nid), frames: [], synchronizers: [] };
}

function readThreadLine(thread: OpenThread, line: string): void {
  const state = STATE.exec(line)?.[1];
  if (state !== undefined) {
    thread.state ??= state;
    return;
  }
  const [, name, place] = FRAME.exec(line) ?? [];
  if (place !== undefined) {
    if (thread.frames.length < MAX_FRAMES) thread.frames.push(toFrame(name!, place));
    return;
  }
  const [, words, id, type = ""] = LOCK.exec(line) ?? [];
  if (id !== undefined) {
    const action = ACTIONS[words!]!;
    thread.frames.at(-1)?.locks.push({ action, id: ADDRESS.test(id) ? plainAddress(id) : undefined, type });
    return;
  }
  const [, held, heldType] = SYNCHRONIZER.exec(line) ?? [];
  if (held !== undefined) thread.synchronizers.push({ id: plainAddress(held), type: heldType! });
}

/** `java.base@17.0.15/Thread.java:840`, `Teller.java:22`, `Native Method`, `java.base@17/Native Method`. */
function toFrame(name: string, place: string): OpenThread["frames"][number] {
  const [, module, source] = /^(?:([^/@]+)(?:@[^/]*)?\/)?(.*)$/.exec(place)!;
  const [, file, line] = /^(.*?)(?::(\d+))?$/.exec(source!)!;
  const isPlace = file !== "" && file !== "Native Method" && file !== "Unknown Source";
  return {
    function: plainName(name),
    file: isPlace ? module === undefined ? file : `${module}/${file}` : undefined,
    line: isPlace && line !== undefined ? Number(line) : undefined,
    isNative: file === "Native Method",
    locks: [],
  };
}

function plainAddress(address: string): string {
  return address.replace(/^0x0+(?=[0-9a-f])/, "0x");
}
