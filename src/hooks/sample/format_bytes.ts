const UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB"];

/**
 * Writes a size for people, such as `3.2 MiB`.
 *
 * @param bytes at least 0
 */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit > 0 && value < 10 ? 1 : 0;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}
