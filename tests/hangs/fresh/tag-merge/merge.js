'use strict';
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const inbox = fs.mkdtempSync(path.join(os.tmpdir(), 'tags-'));

function addTags(album, tags) {
  const folder = path.join(inbox, album);
  fs.mkdirSync(folder);
  for (const [name, list] of Object.entries(tags)) {
    fs.writeFileSync(path.join(folder, `${name}.tags`), list.join('\n') + '\n');
  }
}

function mergedTags(album) {
  const folder = path.join(inbox, album);
  const files = fs.readdirSync(folder).filter((name) => name.endsWith('.tags'));
  const output = execFileSync('sort', ['-u', ...files.map((name) => path.join(folder, name))], {
    stdio: ['inherit', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  return output.trim().split('\n');
}

addTags('holiday', { beach: ['sea', 'sun', 'sand'], harbour: ['sea', 'boats'] });
addTags('garden', { roses: ['red', 'spring'], pond: ['frogs', 'spring'] });
addTags('unsorted', {});

for (const album of fs.readdirSync(inbox)) {
  if (album === 'unsorted') console.log('READY');
  console.log(album, mergedTags(album).join(' '));
}
fs.rmSync(inbox, { recursive: true });
