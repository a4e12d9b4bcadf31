/**
 * Decodes a table of values by instruction: pairs of numbers, each of 7 bits a byte, of which the first says by how much
 * the value changes (zigzag) and the second for how many instructions it holds (`pcvalue` in `symtab.go` of Go).
 *
 * @param table its bytes, which may go on behind its end
 * @param place where the function starts, the wanted address in it, and how long its shortest instruction is
 * @returns the value; undefined when the table ends before; "too-short" when the bytes do
 */
export function valueAtPc(
  table: DataView,
  { entry, pc, quantum }: { readonly entry: number; readonly pc: number; readonly quantum: number },
): number | "too-short" | undefined {
  let at = 0;
  const next = (): number | undefined => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      if (at >= table.byteLength) return undefined;
      const byte = table.getUint8(at++);
      value |= (byte & 0x7f) << shift;
      if ((byte & 0x80) === 0) return value >>> 0;
    }
    return undefined;
  };
  let value = -1;
  let position = entry;
  for (let isFirst = true;; isFirst = false) {
    const change = next();
    if (change === undefined) return "too-short";
    if (change === 0 && !isFirst) return undefined;
    const count = next();
    if (count === undefined) return "too-short";
    value += (change & 1) !== 0 ? ~(change >>> 1) : change >>> 1;
    position += count * quantum;
    if (pc < position) return value;
  }
}
