'use strict';

const { once } = require('node:events');
const path = require('node:path');
const { MessageChannel, Worker } = require('node:worker_threads');

function startQuantizer(colors) {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(path.join(__dirname, 'quantize.js'), {
    workerData: { colors, progress: port2 },
    transferList: [port2],
  });
  port1.on('message', (percent) => {
    if (percent === 100) console.log('READY');
  });
  return worker;
}

async function quantize(pixels, colors) {
  const worker = startQuantizer(colors);
  worker.postMessage(pixels);
  const [palette] = await once(worker, 'message');
  await once(worker, 'exit');
  return palette;
}

async function main() {
  const pixels = Uint8Array.from({ length: 3 * 4096 }, (_, i) => (i * 37) % 256);
  const palette = await quantize(pixels, 8);
  console.log(palette.join(' '));
}

main();
