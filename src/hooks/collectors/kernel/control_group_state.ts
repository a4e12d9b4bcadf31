import type { Files } from "../../../runtime/port.ts";
import type { ControlGroupMount, ControlGroupPath } from "./parse_control_groups.ts";

/** A group at one moment; counts are those since the group was made. */
export interface ControlGroupState {
  readonly path: string;
  readonly isFrozen: boolean;
  readonly throttledMs?: number | undefined;
  readonly oomKills?: number | undefined;
}

/** A limit may be that of a group farther out; deeper ones are not looked for. */
const MAX_LEVELS = 8;

/**
 * Reads how the control groups of a process, and those around them, hold it back. Both versions of control groups are
 * read (the kernel's admin-guide/cgroup-v1 and cgroup-v2).
 *
 * @param files the host's files
 * @param mounts the hierarchies
 * @param paths where the process is in each
 */
export function readControlGroup(
  files: Files,
  mounts: readonly ControlGroupMount[],
  paths: readonly ControlGroupPath[],
): ControlGroupState {
  const levels = (controller: string): string[] => {
    const mount = mounts.find(({ controllers }) => controllers.includes(controller));
    const own = ownPath(paths, controller);
    return mount === undefined || own === undefined ? [] : foldersOf(mount, own);
  };
  const read = (controller: string, file: string): string[] =>
    levels(controller).flatMap((folder) => files.readText(`${folder}/${file}`) ?? []);
  const throttled = [
    ...read("unified", "cpu.stat").map((text) => number(text, "throttled_usec") / 1e3),
    ...read("cpu", "cpu.stat").map((text) => number(text, "throttled_time") / 1e6),
  ].filter(Number.isFinite);
  const killed = [
    ...read("unified", "memory.events").map((text) => number(text, "oom_kill")),
    ...read("memory", "memory.oom_control").map((text) => number(text, "oom_kill")),
  ].filter(Number.isFinite);
  const frozenBy = [["unified", "cgroup.events", /^frozen 1$/m], [
    "freezer",
    "freezer.state",
    /^FROZEN$/m,
  ]] as const;
  const freezer = frozenBy.find(([controller, file, pattern]) =>
    read(controller, file).some((text) => pattern.test(text))
  );
  return {
    path: pathIn(paths, [freezer?.[0] ?? "unified", "cpu", "memory"]),
    isFrozen: freezer !== undefined,
    throttledMs: throttled.length === 0 ? undefined : Math.max(...throttled),
    oomKills: killed.length === 0 ? undefined : Math.max(...killed),
  };
}

/** The path in the first of these hierarchies in which the process is in a group of its own. */
function pathIn(paths: readonly ControlGroupPath[], controllers: readonly string[]): string {
  const found = controllers.map((controller) => ownPath(paths, controller)).find((path) =>
    path !== undefined && path !== "/"
  );
  return found ?? "/";
}

function ownPath(paths: readonly ControlGroupPath[], controller: string): string | undefined {
  return paths.find(({ controllers }) =>
    controller === "unified" ? controllers.length === 0 : controllers.includes(controller)
  )?.path;
}

/** The folder of a group, and those of the groups around it. */
function foldersOf({ path: mountPath, root }: ControlGroupMount, groupPath: string): string[] {
  const isBelow = root === "/" || groupPath === root || groupPath.startsWith(`${root}/`);
  // A path that leads out of what is mounted shows another group than that of the process.
  if (!isBelow || groupPath.includes("/..")) return [];
  const names = groupPath.slice(root === "/" ? 0 : root.length).split("/").filter((name) => name !== "");
  const folders = names.map((_, index) => `${mountPath}/${names.slice(0, index + 1).join("/")}`).toReversed();
  return [...folders.slice(0, MAX_LEVELS - 1), mountPath];
}

function number(text: string, name: string): number {
  const line = text.split("\n").find((candidate) => candidate.startsWith(`${name} `));
  return line === undefined ? NaN : Number(line.slice(name.length + 1));
}
