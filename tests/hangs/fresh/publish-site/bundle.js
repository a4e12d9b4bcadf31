'use strict';
const { execFile } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { promisify } = require('node:util');

const run = promisify(execFile);
const site = process.argv[2];

async function writeBundle(pages) {
  const body = pages.map((page) => fs.readFileSync(path.join(site, page), 'utf8')).join('');
  fs.writeFileSync(path.join(site, 'bundle.tmp'), body);
  const bundle = path.join(site, 'bundle.html');
  await run('flock', [path.join(site, 'site.lock'), 'mv', path.join(site, 'bundle.tmp'), bundle]);
  return bundle;
}

const pages = fs.readdirSync(site).filter((name) => name.endsWith('.html'));
writeBundle(pages).then((bundle) => console.log(bundle));
