import type { Cause } from "../../sample_document.ts";
import type { ThreadFacts } from "../facts.ts";
import type { TaskFacts } from "../language_facts.ts";
import { ownFrames, ownScriptFrames } from "./source_place.ts";

/** What makes two hangs the same. */
export interface HangIdentity {
  readonly cause: Cause;
  readonly program: string;
  /** Who waits for it, from the started program on: the same wait hangs different programs. */
  readonly waiters?: readonly string[] | undefined;
  /** What kind of wait it is, such as `stream`. */
  readonly wait: string;
  /** The threads to blame. */
  readonly threads: readonly ThreadFacts[];
  /** The tasks to blame, where it is these: a thread that runs many is in no place of its own. */
  readonly tasks?: readonly TaskFacts[] | undefined;
}

const FRAMES_PER_THREAD = 4;
/** FNV-1a, 64 bits (draft-eastlake-fnv). */
const OFFSET_BASIS = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/**
 * A hash that is the same for the same hang in another run: over cause, program, kind of wait, innermost own functions
 * and the programs that wait for it, without lines, addresses, numbers and temporary paths. The order of threads does not count.
 *
 * @param identity what was found
 * @returns 16 hexadecimal digits
 */
export function fingerprint({ cause, program, waiters = [], wait, threads, tasks }: HangIdentity): string {
  // A stop comes at any moment: where it met the program says nothing.
  const stacks = cause === "stopped"
    ? []
    : tasks === undefined
    ? threads.map((thread) => ownFrames(thread, FRAMES_PER_THREAD))
    : tasks.map(({ frames }) => ownScriptFrames(frames).slice(0, FRAMES_PER_THREAD));
  const places = stacks.map((frames) => frames.map((frame) => withoutNumbers(frame.function)).join("<"));
  const others = [...new Set(waiters.map(withoutNumbers))].toSorted();
  return hash([cause, withoutNumbers(program), wait, ...places.toSorted(), ...others].join("\n"));
}

/** Hex addresses, uuids, hash suffixes of symbols and all other numbers differ from run to run. */
function withoutNumbers(text: string): string {
  return text.replace(/\/\S*\//g, "").replace(/::h[0-9a-f]{16}\b/g, "").replace(/\b0x[0-9a-f]+\b/gi, "#")
    .replace(/\b[0-9a-f]{8,}\b/gi, "#").replace(/\d+/g, "#");
}

function hash(text: string): string {
  let value = OFFSET_BASIS;
  for (const byte of new TextEncoder().encode(text)) {
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * PRIME);
  }
  return value.toString(16).padStart(16, "0");
}
