// Lets a Node that has started wait for its job:
//
//     PREKILL_READY=FILE PREKILL_PRELOAD='["node:test"]' node [flags] --require node.cjs PLACEHOLDER
//
// Node loads this file before the main module, whose path it has taken from its command line by then. It starts the main
// module with `Module.runMain(path)`: who reads that property waits here, and gets Node's own function, bound to the path
// in the job. So Node loads the test as at any start, and no frame of ours is below it. All of it is synchronous: the
// event loop has not begun. The placeholder is never looked for; it has the ending of the tests.
"use strict";

const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const url = require("node:url");
const { isModuleNamespaceObject } = require("node:util").types;

const READY_PATH = process.env.PREKILL_READY;
/** What cannot be loaded synchronously, in this Node or at all: the test loads it itself. */
const ASYNCHRONOUS = new Set(["ERR_REQUIRE_ASYNC_MODULE", "ERR_REQUIRE_ESM"]);

leaveNoTrace();
// Workers and some children of the test inherit `--require`, but not the variable.
if (READY_PATH !== undefined) waitAtRunMain();

/** Hides that this file was loaded: as if `--require` were not there. */
function leaveNoTrace() {
  delete require.cache[__filename];
  for (const [key, file] of Object.entries(Module._pathCache)) {
    if (file === __filename) delete Module._pathCache[key];
  }
  const { execArgv } = process;
  const at = execArgv.findIndex((name, index) => name === "--require" && execArgv[index + 1] === __filename);
  if (at >= 0) execArgv.splice(at, 2);
  const required = Object.getOwnPropertyDescriptor(process, "_preload_modules");
  if (required?.configurable && Array.isArray(required.value)) {
    required.value = required.value.filter((file) => file !== __filename);
    Object.defineProperty(process, "_preload_modules", required);
  }
}

function waitAtRunMain() {
  const original = Object.getOwnPropertyDescriptor(Module, "runMain");
  Object.defineProperty(Module, "runMain", {
    configurable: true,
    enumerable: true,
    get() {
      Object.defineProperty(Module, "runMain", original);
      preload(JSON.parse(process.env.PREKILL_PRELOAD ?? "[]"));
      fs.writeFileSync(READY_PATH, "ready\n", { flag: "wx", mode: 0o600 });
      // A bound function has no frame of its own.
      return original.value.bind(Module, become(readJob()));
    },
  });
}

function preload(names) {
  importBuiltins(names.filter((name) => Module.isBuiltin(name)));
  names.filter((name) => !Module.isBuiltin(name)).forEach(loadModule);
  if (/\.[cm]?ts$/.test(process.argv[1])) warmTypeStripping();
}

/**
 * As `import` does, for what `require` leaves undone until somebody imports; the loader of ECMAScript modules warms up.
 * There is no file to wait for, so that the promise settles without the event loop.
 */
function importBuiltins(names) {
  const source = names.map((name) => `import ${JSON.stringify(name)};`).join("");
  let failure;
  import(`data:text/javascript,${encodeURIComponent(source)}`).catch((error) => failure = { error });
  process._tickCallback?.();
  if (failure !== undefined) throw failure.error;
}

/** As `require` and as `import` do: a package may give them different files. */
function loadModule(name, index) {
  const from = new Module(path.join(process.cwd(), `preload-${index}.mjs`), undefined);
  from.filename = from.id;
  from.paths = Module._nodeModulePaths(process.cwd());
  let failure = attempt(() => requireFrom(from, name));
  const isForImportOnly = failure?.code === "ERR_PACKAGE_PATH_NOT_EXPORTED";
  if (process.features.require_module && (failure === undefined || isForImportOnly)) {
    const importFailure = attempt(() =>
      from._compile(`import ${JSON.stringify(name)};`, from.filename, "module")
    );
    // What can be required need not be for import: JSON.
    if (isForImportOnly) failure = importFailure;
  }
  if (failure !== undefined && !ASYNCHRONOUS.has(failure.code)) throw failure;
}

function requireFrom(from, name) {
  const file = Module._resolveFilename(name.startsWith("file:") ? url.fileURLToPath(name) : name, from);
  Module._load(file, undefined, false);
  // The loader of ECMAScript modules keeps those; a cold start that imports them has none here.
  if (isModuleNamespaceObject(require.cache[file]?.exports)) delete require.cache[file];
}

function attempt(load) {
  try {
    load();
  } catch (error) {
    return error;
  }
}

/** What strips types is loaded when the first file needs it, and takes longer than all of Node's start. */
function warmTypeStripping() {
  // Where stripping is an experiment, it warns once: the test is to get that warning.
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (process.features.typescript && (major > 24 || major === 24 && minor >= 12)) {
    new Module("preload.cts", undefined)._compile(
      "",
      path.join(process.cwd(), "preload.cts"),
      "commonjs-typescript",
    );
  }
}

function readJob() {
  const text = fs.readFileSync(0, "utf8").trim();
  if (text === "" || text === "null") process.exit(0);
  // As at a cold start; the lowest free number is given.
  fs.closeSync(0);
  fs.openSync("/dev/null", "r");
  return JSON.parse(text);
}

/** Takes on what the job says, and returns the path for Node to run. */
function become({ main, args, env, cwd }) {
  // All are deleted, for the order as well.
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  process.chdir(cwd);
  // Node does this at its start.
  if (env.NODE_V8_COVERAGE) process.env.NODE_V8_COVERAGE = path.resolve(env.NODE_V8_COVERAGE);
  const file = path.resolve(main);
  process.argv.splice(1, process.argv.length, file, ...args);
  return file;
}
