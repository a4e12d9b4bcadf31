import type { Frame } from "../../../sample_document.ts";
import type { RemoteMemory } from "../remote_memory.ts";
import type { FunctionTable } from "./function_table.ts";
import type { GoFunction } from "./go_function.ts";

/** What lies at an address of code. */
export interface PlaceOfPc {
  readonly of: GoFunction;
  /** The calls that were inlined there, innermost first, and last the function itself. */
  readonly frames: readonly Frame[];
  /** From the stack pointer to the end of the function's part of the stack; undefined where that is not told. */
  readonly frameBytes: number | undefined;
}

/** So deep may calls be inlined into each other. */
const MAX_INLINED = 64;

/**
 * Names addresses of code; each is looked up once.
 *
 * @param memory of the process
 * @param table the functions of its program
 * @returns a function of an address and of whether it is one to return to, which lies behind the call
 */
export function createPlaceFinder(
  memory: Omit<RemoteMemory, "close">,
  table: FunctionTable,
): (pc: number, isReturn: boolean) => PlaceOfPc | undefined {
  const known = new Map<string, PlaceOfPc | undefined>();
  return (pc, isReturn) => {
    const key = `${pc}${isReturn}`;
    if (!known.has(key)) {
      const of = table.find(pc);
      known.set(
        key,
        of && {
          of,
          frames: namesAt(memory, table, of, isReturn && pc > of.entry ? pc - 1 : pc),
          frameBytes: table.value(of, of.stackTable, pc),
        },
      );
    }
    return known.get(key);
  };
}

function namesAt(
  memory: Omit<RemoteMemory, "close">,
  table: FunctionTable,
  of: GoFunction,
  start: number,
): Frame[] {
  const frames: Frame[] = [];
  const { byteLength, name, parentPc } = table.inlined;
  let pc = start;
  while (of.inlineTree !== undefined && frames.length < MAX_INLINED) {
    const index = table.value(of, of.inlineTable, pc) ?? -1;
    if (index < 0) break;
    const entry = memory.read(of.inlineTree + index * byteLength, byteLength);
    const called = entry && table.name(entry.getInt32(name, true));
    if (entry === undefined || called === undefined) break;
    frames.push(frameAt(table, of, called, pc));
    pc = of.entry + entry.getInt32(parentPc, true);
  }
  return [...frames, frameAt(table, of, of.name, pc)];
}

function frameAt(table: FunctionTable, of: GoFunction, name: string, pc: number): Frame {
  const line = table.value(of, of.lineTable, pc);
  return {
    function: name.replace(/\[.*\]/, "[...]"),
    file: table.file(of, pc),
    line: line !== undefined && line > 0 ? line : undefined,
  };
}
