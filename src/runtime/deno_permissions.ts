import type { Permission } from "./port.ts";

/** Nothing but `--allow-all` grants all of these. */
const ALL: readonly Deno.PermissionDescriptor["name"][] = [
  "env",
  "ffi",
  "import",
  "net",
  "read",
  "run",
  "sys",
  "write",
] as const;

/**
 * Those permissions that Deno would refuse or ask a person for, at least for some uses. Nobody is asked by this.
 *
 * @param wanted what is needed
 * @returns what has not been granted, in the same order
 */
export function permissionsLackingInDeno(wanted: readonly Permission[]): Permission[] {
  return wanted.filter((name) => name === "all" ? !ALL.every(isGranted) : !isGranted(name));
}

function isGranted(name: Deno.PermissionDescriptor["name"]): boolean {
  return Deno.permissions.querySync({ name } as Deno.PermissionDescriptor).state === "granted";
}
