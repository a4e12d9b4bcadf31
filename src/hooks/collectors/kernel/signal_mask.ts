import { signalName } from "../../../signals.ts";

/**
 * The signals of a mask, bit 0 being signal 1 (signal(7)).
 *
 * @param mask the kernel's 64-bit set
 * @returns names in the order of their numbers
 */
export function signalsOfMask(mask: bigint): string[] {
  const names: string[] = [];
  for (let number = 1, rest = BigInt.asUintN(64, mask); rest !== 0n; number++, rest >>= 1n) {
    if ((rest & 1n) !== 0n) names.push(signalName(number));
  }
  return names;
}

/**
 * Reads a mask as `/proc` prints it.
 *
 * @param hex hexadecimal digits; undefined or malformed counts as empty
 * @returns the names of the signals
 */
export function signalsOfHex(hex: string | undefined): string[] {
  return hex !== undefined && /^[0-9a-f]+$/i.test(hex) ? signalsOfMask(BigInt(`0x${hex}`)) : [];
}
