/**
 * Parses a file of `/proc/pressure` (the kernel's PSI).
 *
 * @param text content of the file
 * @returns share of the last 10 s in which some task waited, in percent; undefined when the text is not of that form
 */
export function parsePressure(text: string): number | undefined {
  const value = /^some avg10=([\d.]+)/m.exec(text)?.[1];
  return value === undefined ? undefined : Number(value);
}
