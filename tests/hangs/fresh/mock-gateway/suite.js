'use strict';

const { spawn } = require('node:child_process');
const http = require('node:http');
const path = require('node:path');
const readline = require('node:readline');

function startGateway() {
  return spawn('perl', [path.join(__dirname, 'gateway.pl')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function gatewayAddress(child) {
  for await (const line of readline.createInterface({ input: child.stdout })) {
    const found = /^listening on (\d+)/.exec(line);
    if (found) return Number(found[1]);
  }
  throw new Error('gateway ended early');
}

function charge(port, cents) {
  return new Promise((resolve, reject) => {
    http.get({ host: '127.0.0.1', port, path: `/charge/${cents}` }, (res) => {
      res.resume();
      res.on('end', () => resolve(res.statusCode));
    }).on('error', reject);
  });
}

async function main() {
  const child = startGateway();
  console.log('READY');
  const port = await gatewayAddress(child);
  for (const cents of [100, 2500, 0]) {
    console.log(cents, await charge(port, cents));
  }
  child.kill();
}

main();
