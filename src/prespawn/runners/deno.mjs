// Holds a Deno that has started back until its job comes: deno run|test --preload=deno.mjs FLAGS FILE ARGS
//
// Deno runs this before the main module, when all else has been made ready: the flags are read, the isolate and the
// reporter of `deno test` are made, and for `deno test` the file's modules are loaded and checked. It then loads the main
// module itself, as at any start: `import.meta.main`, `Deno.mainModule`, `Deno.args` and the test's origin are its own.
// So the file is known from the beginning, and what the job brings is the moment and the environment.

try {
  // When `deno test` has several files, the environment of the job is there for all but the first.
  const readyPath = Deno.env.get("PREKILL_READY");
  if (readyPath !== undefined) {
    await preload(JSON.parse(Deno.env.get("PREKILL_PRELOAD") ?? "[]"));
    Deno.writeTextFileSync(readyPath, "ready\n", { createNew: true, mode: 0o600 });
    const job = readJob();
    if (job === null) Deno.exit(0);
    takeEnvironment(job.env);
  }
} catch (error) {
  console.error(error);
  // Else `deno test` would go on to the tests.
  Deno.exit(1);
}

/** Loads modules as a module in the current directory would. */
async function preload(specifiers) {
  for (const specifier of specifiers) {
    if (/^\.{0,2}\//.test(specifier)) {
      const { pathToFileURL } = await import("node:url");
      await import(new URL(specifier, pathToFileURL(`${Deno.cwd()}/`)).href);
    } else if (isMapped(specifier)) {
      await import(specifier);
    } else {
      await importDependency(specifier);
    }
  }
}

/** Whether it is a URL, or in the import map of the project, which holds for this file as well. */
function isMapped(specifier) {
  try {
    return import.meta.resolve(specifier) !== "";
  } catch {
    return false;
  }
}

/** Imports what stands in the project's package.json, for which only modules of the project may ask. */
async function importDependency(specifier) {
  const { registerHooks } = await import("node:module");
  const { pathToFileURL } = await import("node:url");
  const parentURL = pathToFileURL(`${Deno.cwd()}/preload`).href;
  const hooks = registerHooks({
    resolve: (name, context, next) => next(name, name === specifier ? { ...context, parentURL } : context),
  });
  await import(specifier);
  hooks.deregister();
}

/** Reads to the end of standard input, synchronously: nothing of the program may run meanwhile. */
function readJob() {
  const decoder = new TextDecoder();
  const chunk = new Uint8Array(65536);
  let text = "";
  for (let count; (count = Deno.stdin.readSync(chunk)) !== null;) {
    text += decoder.decode(chunk.subarray(0, count), { stream: true });
  }
  return JSON.parse(text || "null");
}

/** Makes the environment that of the job. What is equal is left alone, so that its order stays what the start made it. */
function takeEnvironment(env) {
  const old = Deno.env.toObject();
  for (const name of Object.keys(old)) if (!Object.hasOwn(env, name)) Deno.env.delete(name);
  for (const [name, value] of Object.entries(env)) if (old[name] !== value) Deno.env.set(name, value);
}
