const painter = new Worker(new URL("./painter.ts", import.meta.url), { type: "module" });

const answers = new Map<number, (regions: number) => void>();
let requests = 0;

painter.onmessage = (event) => {
  answers.get(event.data.id)?.(event.data.regions);
  answers.delete(event.data.id);
};

function countRegions(size: number, borders: [number, number][]): Promise<number> {
  const id = ++requests;
  return new Promise((resolve) => {
    answers.set(id, resolve);
    painter.postMessage({ id, size, borders });
  });
}

const islands = await countRegions(6, [[0, 1], [2, 3]]);
console.log(`islands ${islands}`);
console.log("READY");
const provinces = await countRegions(6, [[0, 1], [1, 2], [2, 0], [4, 5]]);
console.log(`provinces ${provinces}`);
painter.terminate();
