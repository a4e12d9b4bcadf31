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
    const own = paths.find(({ controllers }) =>
      controller === "unified" ? controllers.length === 0 : controllers.includes(controller)
    );
    return mount === undefined || own === undefined ? [] : foldersOf(mount, own.path);
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
  return {
    path: paths.map(({ path }) => path).reduce(
      (longest, path) => path.length > longest.length ? path : longest,
      "/",
    ),
    isFrozen: read("unified", "cgroup.events").some((text) => number(text, "frozen") === 1) ||
      read("freezer", "freezer.state").some((text) => text.trim() === "FROZEN"),
    throttledMs: throttled.length === 0 ? undefined : Math.max(...throttled),
    oomKills: killed.length === 0 ? undefined : Math.max(...killed),
  };
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
