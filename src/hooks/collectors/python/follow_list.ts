import { isAddress, type RemoteMemory } from "../remote_memory.ts";

/**
 * The addresses of a linked list in the process.
 *
 * @param memory of the process
 * @param first its first element, 0 for none
 * @param list where in an element the next one is, and how many are followed at most
 * @returns undefined when the list is torn
 */
export function followList(
  memory: Omit<RemoteMemory, "close">,
  first: number | undefined,
  list: { readonly next: number; readonly limit: number },
): number[] | undefined {
  const seen = new Set<number>();
  let address = first;
  while (address !== 0) {
    if (address === undefined || !isAddress(address) || seen.has(address)) return undefined;
    if (seen.size === list.limit) break;
    seen.add(address);
    address = memory.word(address + list.next);
  }
  return [...seen];
}
