const MARK_VALUES = 4;

/**
 * A pointer from a frame's values, which carry marks in their two lowest bits from 3.14 on; those of older versions
 * have none there.
 *
 * @param word as it lay in memory
 */
export function clearMarks(word: number): number {
  return word - (word % MARK_VALUES);
}
