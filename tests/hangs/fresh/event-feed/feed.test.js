'use strict';
const assert = require('node:assert');
const fs = require('node:fs');
const http = require('node:http');

const subscribers = new Set();

const server = http.createServer((req, res) => {
  if (req.url === '/events') {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    subscribers.add(res);
    req.on('close', () => subscribers.delete(res));
    res.write(`data: ${JSON.stringify({ type: 'hello' })}\n\n`);
  } else {
    for (const subscriber of subscribers) subscriber.write('data: {"type":"order"}\n\n');
    res.end('published');
  }
});

function startServer() {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
}

function stopServer() {
  return new Promise((resolve) => server.close(resolve));
}

function subscribe(port) {
  return new Promise((resolve, reject) => {
    http.get({ host: '127.0.0.1', port, path: '/events' }, resolve).on('error', reject);
  });
}

function nextEvent(stream) {
  return new Promise((resolve) => stream.once('data', (chunk) => resolve(JSON.parse(String(chunk).slice(6)))));
}

async function main() {
  const port = await startServer();
  if (process.env.HANG_FACTS) fs.appendFileSync(process.env.HANG_FACTS, `port=${port}\n`);
  const stream = await subscribe(port);
  assert.strictEqual((await nextEvent(stream)).type, 'hello');
  const response = await fetch(`http://127.0.0.1:${port}/orders`, { method: 'POST', body: '{}' });
  assert.strictEqual(await response.text(), 'published');
  console.log('READY');
  await stopServer();
  console.log('2 tests passed');
}

main();
