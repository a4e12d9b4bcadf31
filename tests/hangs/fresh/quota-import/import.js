'use strict';

const { fork } = require('node:child_process');
const { once } = require('node:events');
const path = require('node:path');

const LINES = ['anna;20', 'boris;35', 'chen;15', 'dora;0'];

function startParser(totals) {
  const parser = fork(path.join(__dirname, 'parse-rows.js'));
  parser.on('message', ({ user, gigabytes }) => {
    totals.set(user, gigabytes);
    if (totals.size === LINES.length) console.log('READY');
  });
  return parser;
}

async function main() {
  const totals = new Map();
  const parser = startParser(totals);
  for (const line of LINES) parser.send({ line });
  const [code] = await once(parser, 'exit');
  if (code) throw new Error(`parser ended with ${code}`);
  let sum = 0;
  for (const gigabytes of totals.values()) sum += gigabytes;
  console.log(`${totals.size} users, ${sum} GB`);
}

main();
