import { host } from "../../src/runtime/host.ts";
import type { Runtime } from "../../src/runtime/port.ts";

/**
 * The host under the name of another operating system, whose tools are shell scripts.
 *
 * @param os the name
 * @param directory where the scripts are written; the caller removes it
 * @param tools scripts for `sh` by name of the tool
 * @returns the runtime, which finds those tools first
 */
export function hostWithTools(
  os: string,
  directory: string,
  tools: Readonly<Record<string, string>>,
): Runtime {
  for (const [name, script] of Object.entries(tools)) {
    Deno.writeTextFileSync(`${directory}/${name}`, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  const path = `${directory}:${host.getEnv("PATH")}`;
  return Object.assign(Object.create(host), {
    os,
    getEnv: (name: string) => name === "PATH" ? path : host.getEnv(name),
    environment: () => ({ ...host.environment(), PATH: path }),
    spawn: (command: Parameters<Runtime["spawn"]>[0]) =>
      host.spawn({ ...command, env: { ...command.env ?? host.environment(), PATH: path } }),
  });
}
