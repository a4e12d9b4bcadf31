'use strict';

function parseRow(line) {
  const [user, amount] = line.split(';');
  const gigabytes = Number(amount);
  if (!user || Number.isNaN(gigabytes)) throw new Error(`bad line: ${line}`);
  return { user, gigabytes };
}

process.on('message', ({ line }) => {
  process.send(parseRow(line));
});
