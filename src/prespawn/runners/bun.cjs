// Holds a Bun that has started back until its job comes:
//
//     sh -c 'exec 3>"$PREKILL_READY" 4<<END … unset …' bun run|test --preload=bun.cjs FILE ARGS
//
// Bun runs this before it reads the file, when all else has been made ready, and then loads the file itself, as at any
// start: `Bun.main`, `import.meta.main` and what `bun test` prints are its own. So the file is known from the beginning,
// and what the job brings is the moment and the environment. Bun keeps the environment that it was started with, for
// children and workers; so what is for this program comes by descriptors: 3 tells that it is ready, 4 has the preloads.
"use strict";

const fs = require("node:fs");
const url = require("node:url");

const READY_FD = 3;
const PRELOADS_FD = 4;

const names = startNames();
for (const name of JSON.parse(readAll(PRELOADS_FD))) {
  const path = name.startsWith("file:") ? url.fileURLToPath(name) : name;
  require(Bun.resolveSync(path, process.cwd()));
}
fs.writeSync(READY_FD, "ready\n");
fs.closeSync(READY_FD);
const job = readAll(0).trim();
if (job === "" || job === "null") process.exit(0);
// As at a cold start; the lowest free number is given.
fs.openSync("/dev/null", "r");
takeOn(JSON.parse(job));
leaveNoTrace();

/** Hides that this file was loaded: as if `--preload` were not there. */
function leaveNoTrace() {
  // Bun notes it when it has run.
  queueMicrotask(() => delete require.cache[__filename]);
  const at = process.execArgv.indexOf(`--preload=${__filename}`);
  if (at >= 0) process.execArgv.splice(at, 1);
}

/** Reads to the end, and closes. */
function readAll(fd) {
  const text = fs.readFileSync(fd, "utf8");
  fs.closeSync(fd);
  return text;
}

/** What the process was started with; the rest of its environment comes from files such as `.env`. */
function startNames() {
  try {
    const text = fs.readFileSync("/proc/self/environ", "utf8");
    return new Set(text.split("\0").map((entry) => entry.slice(0, entry.indexOf("="))));
  } catch {
    return new Set(Object.keys(process.env));
  }
}

function takeOn({ env, cwd }) {
  for (const name of Object.keys(process.env)) {
    if (names.has(name) && !(name in env)) delete process.env[name];
  }
  // What is the same stays: Bun sees changes of some, such as TZ, by properties that cannot be made again.
  for (const [name, value] of Object.entries(env)) {
    if (process.env[name] !== value) process.env[name] = value;
  }
  process.chdir(cwd);
  const given = { ...process.env };
  for (const name of ["spawn", "spawnSync"]) {
    Bun[name] = new Proxy(Bun[name], {
      apply: (spawn, self, args) => Reflect.apply(spawn, self, withEnvironment(args, given)),
    });
  }
}

/** Children that are given no environment get that of the start, in Bun. */
function withEnvironment(args, env) {
  const at = Array.isArray(args[0]) ? 1 : 0;
  const options = args[at];
  const isGiven = options !== undefined && options?.env !== undefined;
  if (isGiven || args.length < at || typeof (options ?? {}) !== "object") return args;
  return [...args.slice(0, at), { ...options, env }, ...args.slice(at + 1)];
}
