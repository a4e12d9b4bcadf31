import { isAddress, type RemoteMemory, wordAt } from "../remote_memory.ts";

/** The nodes of a ring. */
export interface RingNodes {
  /** Addresses of the nodes, without that of the head. */
  readonly nodes: readonly number[];
  /** False when there are more. */
  readonly isWhole: boolean;
}

const MAX_ATTEMPTS = 5;
const NODE_BYTES = 16;

/**
 * Follows a ring of nodes that name the next and the previous one. It changes meanwhile: it is followed again when a node
 * is not where the one before it says.
 *
 * @param memory of the process
 * @param head address of the node that stands for the ring itself
 * @param isEnough whether so many nodes are to be the last
 * @returns the longest part that was found; undefined when there is no such ring
 */
export function followRing(
  memory: Omit<RemoteMemory, "close">,
  head: number,
  isEnough: (count: number) => boolean,
): RingNodes | undefined {
  let best: RingNodes | undefined;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const { isTorn, ...found } = followOnce(memory, head, isEnough);
    if (!isTorn) return found;
    if (found.nodes.length > (best?.nodes.length ?? 0)) best = found;
  }
  return best;
}

function followOnce(
  memory: Omit<RemoteMemory, "close">,
  head: number,
  isEnough: (count: number) => boolean,
): RingNodes & { readonly isTorn: boolean } {
  const nodes = new Set<number>();
  let before = head;
  let address = memory.word(head) ?? 0;
  while (address !== head) {
    if (isEnough(nodes.size)) return { nodes: [...nodes], isWhole: false, isTorn: false };
    const view = isAddress(address) && !nodes.has(address) ? memory.read(address, NODE_BYTES) : undefined;
    if (view === undefined || wordAt(view, 8) !== before) {
      return { nodes: [...nodes], isWhole: false, isTorn: true };
    }
    nodes.add(address);
    before = address;
    address = wordAt(view, 0);
  }
  return { nodes: [...nodes], isWhole: true, isTorn: false };
}
