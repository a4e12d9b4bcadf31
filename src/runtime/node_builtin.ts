import { createRequire } from "node:module";
import process from "node:process";

/**
 * Loads a module of Node's when it is needed, without waiting: under Bun some of them take milliseconds, which a passing
 * command has no use for.
 *
 * @param name such as `node:tty`
 * @returns the module
 */
export function loadNodeBuiltin<Module extends object>(name: string): Module {
  const own = process as { getBuiltinModule?: (name: string) => object | undefined };
  // Node has the function from 20.16 on.
  return (own.getBuiltinModule?.(name) ?? createRequire(import.meta.url)(name)) as Module;
}
