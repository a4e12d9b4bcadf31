/**
 * Finds a circle in a graph, in time that grows with its edges only: whatever leads to an end is taken away, and what is
 * left leads into circles.
 *
 * @param edges from each node to others; nodes without an entry lead nowhere
 * @returns the nodes of one circle in order, each leading to the next and the last to the first; undefined without one
 */
export function findCircle<T>(edges: ReadonlyMap<T, readonly T[]>): readonly T[] | undefined {
  const reverse = new Map<T, T[]>();
  const open = new Map<T, number>();
  const ends: T[] = [];
  for (const [from, targets] of edges) {
    const known = targets.filter((to) => edges.has(to));
    open.set(from, known.length);
    if (known.length === 0) ends.push(from);
    for (const to of known) {
      const sources = reverse.get(to);
      if (sources === undefined) reverse.set(to, [from]);
      else sources.push(from);
    }
  }
  for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
    open.delete(end);
    for (const from of reverse.get(end) ?? []) {
      const left = open.get(from);
      if (left === undefined) continue;
      open.set(from, left - 1);
      if (left === 1) ends.push(from);
    }
  }
  const way: T[] = [];
  const positions = new Map<T, number>();
  for (let node = open.keys().next().value; node !== undefined;) {
    const met = positions.get(node);
    if (met !== undefined) return way.slice(met);
    positions.set(node, way.length);
    way.push(node);
    node = edges.get(node)?.find((to) => open.has(to));
  }
  return undefined;
}
