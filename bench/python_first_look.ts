/** Reads the Python process PID once, and prints how many milliseconds that took: the first look of a fresh program. */
import { createPythonStackSource } from "../src/hooks/collectors/python/python_stack_source.ts";
import { host } from "../src/runtime/host.ts";

const source = createPythonStackSource(host);
const target = { pid: Number(Deno.args[0]), command: ["python3"], threadCount: 1, busy: false };
const startMs = performance.now();
await source.takeSnapshot([target], new AbortController().signal);
const ms = performance.now() - startMs;
if (!source.hasRead(target.pid)) throw new Error(`Cannot read the process "${target.pid}": it is no Python`);
console.log(ms);
