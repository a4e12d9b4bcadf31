function rootOf(parent: number[], cell: number): number {
  while (parent[cell] !== cell) cell = parent[cell];
  return cell;
}

function mergeCells(size: number, borders: [number, number][]): number {
  const parent = Array.from({ length: size }, (_, cell) => cell);
  for (const [a, b] of borders) parent[a] = b;
  const roots = new Set<number>();
  for (let cell = 0; cell < size; cell++) roots.add(rootOf(parent, cell));
  return roots.size;
}

self.onmessage = (event: MessageEvent) => {
  const { id, size, borders } = event.data;
  self.postMessage({ id, regions: mergeCells(size, borders) });
};
