import { createDenoRuntime } from "./deno.ts";
import type { Runtime } from "./port.ts";

/** The host in use. Node's modules are loaded on Node and Bun only. */
export const host: Runtime = typeof Deno === "undefined"
  ? (await import("./node.ts")).createNodeRuntime()
  : createDenoRuntime();
