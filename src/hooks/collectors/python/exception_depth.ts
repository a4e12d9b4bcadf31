const START_BIT = 128;
const MORE_BIT = 64;
const MAX_VARINT_BYTES = 6;
const INSTRUCTION_BYTES = 2;

/**
 * How much of a frame's stack is kept for whatever handles an exception at an instruction, in CPython from 3.11 on
 * (`InternalDocs/exception_handling.md`): everything below is in use there.
 *
 * @param table the bytes of `co_exceptiontable`, which may be torn
 * @param offset of the instruction, in bytes
 * @returns 0 when nothing handles it
 */
export function exceptionDepth(table: Uint8Array, offset: number): number {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let count = 0; count < MAX_VARINT_BYTES && at < table.length; count++) {
      const byte = table[at++]!;
      value = value * 64 + (byte & 63);
      if ((byte & MORE_BIT) === 0) break;
    }
    return value;
  };
  while (at < table.length) {
    // Each entry starts with the only byte in it that has the highest bit.
    if (table[at]! < START_BIT) return 0;
    const start = varint() * INSTRUCTION_BYTES;
    const end = start + varint() * INSTRUCTION_BYTES;
    varint();
    const depth = Math.floor(varint() / 2);
    if (offset >= start && offset < end) return depth;
    if (start > offset) return 0;
  }
  return 0;
}
