'use strict';
const { once } = require('node:events');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { spawn } = require('node:child_process');

async function startCollector() {
  const collector = spawn(process.execPath, [path.join(__dirname, 'collector.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(collector.stdout, 'data');
  return { collector, port: Number(line) };
}

function* batches(count) {
  const line = `${new Date().toISOString()} GET /assets/app.css 200 1834\n`;
  const batch = Buffer.from(line.repeat(1200));
  for (let n = 0; n < count; n++) yield batch;
}

async function ship(port) {
  const socket = net.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  let shipped = 0;
  console.log('READY');
  for (const batch of batches(600)) {
    if (!socket.write(batch)) await once(socket, 'drain');
    shipped += batch.length;
  }
  socket.end();
  await once(socket, 'close');
  return shipped;
}

async function main() {
  const { collector, port } = await startCollector();
  if (process.env.HANG_FACTS) fs.appendFileSync(process.env.HANG_FACTS, `port=${port}\n`);
  console.log(`${await ship(port)} bytes shipped`);
  collector.kill();
}

main();
