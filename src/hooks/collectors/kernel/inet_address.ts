/**
 * Formats an address of `/proc/net/tcp` and its kin: words in the host's byte order (little-endian on every machine
 * that prekill knows), the port in hexadecimal. IPv4 addresses mapped into IPv6 are written as IPv4.
 *
 * @param text such as `0100007F:1F90` or, for IPv6, 32 digits and the port
 * @returns `127.0.0.1:8080` or `[::1]:8080`; undefined when the text is not of that form
 */
export function formatProcAddress(text: string): string | undefined {
  const match = /^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$/i.exec(text);
  if (match === null) return undefined;
  const bytes: number[] = [];
  for (let word = 0; word < match[1]!.length; word += 8) {
    for (let byte = 6; byte >= 0; byte -= 2) {
      bytes.push(parseInt(match[1]!.slice(word + byte, word + byte + 2), 16));
    }
  }
  return formatAddress(bytes, parseInt(match[2]!, 16));
}

/**
 * Formats an address in network byte order.
 *
 * @param bytes 4 or 16 bytes
 * @param port 0 to 65535
 * @returns `127.0.0.1:8080` or `[::1]:8080`
 */
export function formatAddress(bytes: ArrayLike<number>, port: number): string {
  const list = Array.from(bytes);
  if (list.length === 4) return `${list.join(".")}:${port}`;
  const isMapped = list.slice(0, 10).every((byte) => byte === 0) && list[10] === 255 && list[11] === 255;
  return isMapped ? `${list.slice(12).join(".")}:${port}` : `[${formatIpv6(list)}]:${port}`;
}

/** RFC 5952: the longest run of two or more zero groups becomes `::`. */
function formatIpv6(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, index) => bytes[index * 2]! * 256 + bytes[index * 2 + 1]!);
  let start = -1;
  let length = 1;
  for (let index = 0; index < 8; index++) {
    let end = index;
    while (end < 8 && groups[end] === 0) end++;
    if (end - index > length) [start, length] = [index, end - index];
  }
  const text = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(":");
  return start < 0 ? text(groups) : `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`;
}
