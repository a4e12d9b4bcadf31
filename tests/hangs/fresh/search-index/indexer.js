'use strict';
const cluster = require('node:cluster');
const path = require('node:path');

const documents = [
  ['intro', 'orders, invoices, refunds', 'shipping, returns'],
  ['setup', 'install, configure, first run'],
  ['terms', 'a'.repeat(44) + ' liability.', 'warranty, scope'],
];

cluster.setupPrimary({ exec: path.join(__dirname, 'shard.js') });

let online = 0;
cluster.on('online', () => {
  online += 1;
  if (online === documents.length) console.log('READY');
});

function indexShard(number) {
  return new Promise((resolve, reject) => {
    cluster.setupPrimary({ args: [`--shard=${number}`] });
    const worker = cluster.fork();
    worker.once('online', () => worker.send(documents[number]));
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

async function main() {
  const terms = await Promise.all(documents.map((_, number) => indexShard(number)));
  console.log(`${terms.flat().length} terms`);
  cluster.disconnect();
}

main();
