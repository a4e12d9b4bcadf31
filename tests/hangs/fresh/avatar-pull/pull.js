'use strict';

const { spawn } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

async function startStore() {
  const store = spawn('python3', [path.join(__dirname, 'store.py')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [chunk] = await once(store.stdout, 'data');
  return { store, port: Number(chunk) };
}

async function request(port, name) {
  const req = http.get({ host: '127.0.0.1', port, agent, path: `/avatars/${name}.png` });
  const [res] = await once(req, 'response');
  return res;
}

async function avatarSize(port, name) {
  const res = await request(port, name);
  if (res.statusCode !== 200) throw new Error(`${name}: ${res.statusCode}`);
  return Number(res.headers['content-length']);
}

async function main() {
  const { store, port } = await startStore();
  if (process.env.HANG_FACTS) fs.appendFileSync(process.env.HANG_FACTS, `port=${port}\n`);
  let total = 0;
  for (const name of ['anna', 'boris', 'chen']) {
    total += await avatarSize(port, name);
    if (name === 'anna') console.log('READY');
  }
  console.log(`${total} bytes of avatars`);
  store.kill();
}

main();
