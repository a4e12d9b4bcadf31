'use strict';

const { parentPort, workerData } = require('node:worker_threads');

const { colors, progress } = workerData;
let cancelled = false;

function buckets(pixels) {
  const counts = new Map();
  for (let i = 0; i + 2 < pixels.length && !cancelled; i += 3) {
    const key = ((pixels[i] >> 5) << 6) | ((pixels[i + 1] >> 5) << 3) | (pixels[i + 2] >> 5);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

progress.on('message', (order) => {
  cancelled = order === 'cancel';
});

parentPort.once('message', (pixels) => {
  const ranked = [...buckets(pixels)].sort((a, b) => b[1] - a[1]);
  parentPort.postMessage(ranked.slice(0, colors).map(([key]) => key.toString(8)));
  progress.postMessage(100);
});
