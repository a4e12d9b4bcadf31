/**
 * Groups items by a key, as `Map.groupBy` does, which Node 20 lacks.
 *
 * @param items in any order
 * @param keyOf tells the group of an item
 * @returns the groups in the order of their first items, each in the order of the items
 */
export function groupBy<K, T>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
