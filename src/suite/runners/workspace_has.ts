import { globToRegExp } from "../../std/glob.ts";

/** So many entries are looked at. */
const MAX_ENTRIES = 1000;

/**
 * Whether a folder is a member of Deno's workspace, which is run as one project from its root.
 *
 * @param config what the `deno.json` of a folder above holds, of any shape
 * @param path of the folder, relative to that one, with forward slashes
 */
export function workspaceHas(config: unknown, path: string): boolean {
  const workspace = field(config, "workspace");
  const members = Array.isArray(workspace) ? workspace : field(workspace, "members");
  if (!Array.isArray(members)) return false;
  return members.slice(0, MAX_ENTRIES).some((member) =>
    typeof member === "string" &&
    globToRegExp(member.replace(/^(?:\.\/)+/, "").replace(/\/+$/, "")).test(path)
  );
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
