const HOST = new URL("../src/runtime/host.ts", import.meta.url).pathname;

/** Loading it late, and Deno's half for nothing, would take Bun 0.7 ms of the 8 ms of a passing command. */
const CODE = `import { createNodeRuntime } from "./node.ts";
export const host = createNodeRuntime();`;

/** A plugin of rolldown: the host is Node or Bun, without asking. */
export const NODE_HOST = { name: "node-host", load: loadHost } as const;

function loadHost(id: string): { code: string; moduleType: "js" } | undefined {
  return id === HOST ? { code: CODE, moduleType: "js" } : undefined;
}
