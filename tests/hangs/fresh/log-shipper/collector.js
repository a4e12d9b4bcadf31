'use strict';
const net = require('node:net');

const FLUSH_LINES = 50000;
const MAX_CHUNKS = 16;

const server = net.createServer((socket) => {
  const chunks = [];
  let lines = 0;

  function flush() {
    chunks.length = 0;
    lines = 0;
    socket.resume();
  }

  socket.on('data', (chunk) => {
    chunks.push(chunk);
    for (const byte of chunk) if (byte === 10) lines += 1;
    if (chunks.length >= MAX_CHUNKS) socket.pause();
    if (lines >= FLUSH_LINES) flush();
  });
  socket.on('end', flush);
});

server.listen(0, '127.0.0.1', () => console.log(server.address().port));
