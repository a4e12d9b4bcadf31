declare var self: Worker;

const FREE = 0;

function takeFrame(state: Int32Array, pixels: Uint8Array): number {
  Atomics.wait(state, 0, FREE);
  let runs = 1;
  for (let i = 1; i < pixels.length; i++) if (pixels[i] !== pixels[i - 1]) runs++;
  Atomics.store(state, 0, FREE);
  return 2 * runs;
}

self.onmessage = (event: MessageEvent) => {
  const state = new Int32Array(event.data.memory, 0, 1);
  const pixels = new Uint8Array(event.data.memory, 8);
  self.postMessage({ bytes: 0 });
  for (;;) self.postMessage({ bytes: takeFrame(state, pixels) });
};
