import type { Frame } from "../../../sample_document.ts";
import { type RemoteMemory, wordAt } from "../remote_memory.ts";
import type { PlaceOfPc } from "./place_of_pc.ts";

/** Where a goroutine was left. */
export interface SavedPlace {
  readonly pc: number;
  readonly sp: number;
  /** End of its stack. */
  readonly stackHigh: number;
}

/** The frames of a goroutine. */
export interface UnwoundStack {
  /** Innermost first, those of the runtime too. */
  readonly frames: readonly Frame[];
  /** Whether the goroutine's first function was reached. */
  readonly isWhole: boolean;
}

const MAX_STACK_BYTES = 256 * 1024;
const MAX_CALLS = 2000;
const ARM_64 = 183;

/**
 * Follows the calls on the stack of a goroutine that does not run, as the runtime does (`traceback.go`): the size of each
 * function's part is told by its table.
 *
 * @param memory of the process
 * @param saved where the goroutine was left
 * @param options how to name an address, and the processor as the program's file has it
 * @returns as much as could be followed
 */
export function unwindGoroutine(
  memory: Omit<RemoteMemory, "close">,
  saved: SavedPlace,
  { placeOf, machine }: {
    readonly placeOf: (pc: number, isReturn: boolean) => PlaceOfPc | undefined;
    readonly machine: number;
  },
): UnwoundStack {
  const frames: Frame[] = [];
  const { stackHigh } = saved;
  let { pc, sp } = saved;
  const start = sp;
  const stack = sp > 0 && sp < stackHigh
    ? memory.readUpTo(sp, Math.min(stackHigh - sp, MAX_STACK_BYTES))
    : undefined;
  const wordOf = (address: number): number | undefined =>
    stack !== undefined && address >= start && address + 8 <= start + stack.byteLength
      ? wordAt(stack, address - start)
      : undefined;
  for (let count = 0; count < MAX_CALLS; count++) {
    const place = placeOf(pc, true);
    if (place === undefined) return { frames, isWhole: false };
    if (place.of.name === "runtime.goexit") return { frames, isWhole: true };
    frames.push(...place.frames);
    const { frameBytes } = place;
    if (frameBytes === undefined || frameBytes < 0 || frameBytes % 8 !== 0) break;
    // On ARM the return address lies at the start of a function's part, else right behind it.
    const returnTo = wordOf(machine === ARM_64 ? sp : sp + frameBytes);
    const next = sp + frameBytes + (machine === ARM_64 ? 0 : 8);
    if (returnTo === undefined || next > stackHigh || next <= sp) break;
    [pc, sp] = [returnTo, next];
  }
  return { frames, isWhole: false };
}
