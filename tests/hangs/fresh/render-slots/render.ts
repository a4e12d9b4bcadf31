const FREE = 0;
const FILLED = 1;

const memory = new SharedArrayBuffer(8 + 4 * 256);
const state = new Int32Array(memory, 0, 1);
const pixels = new Uint8Array(memory, 8);

const encoder = new Worker(new URL("./encoder.ts", import.meta.url).href);
encoder.postMessage({ memory });

function nextFrame(): Promise<number> {
  return new Promise((resolve) => {
    encoder.onmessage = (event: MessageEvent) => resolve(event.data.bytes);
  });
}

function paint(frame: number) {
  for (let i = 0; i < pixels.length; i++) pixels[i] = (i * frame) & 0xff;
}

async function renderAll(frames: number) {
  await nextFrame();
  let bytes = 0;
  for (let frame = 1; frame <= frames; frame++) {
    await Bun.sleep(40);
    paint(frame);
    const encoded = nextFrame();
    Atomics.store(state, 0, FILLED);
    if (frame === 1) console.log("READY");
    bytes += await encoded;
    if (Atomics.load(state, 0) !== FREE) throw new Error(`frame ${frame} was not taken`);
  }
  return bytes;
}

console.log(`${await renderAll(25)} bytes`);
encoder.terminate();
