/** A mounted hierarchy of control groups. */
export interface ControlGroupMount {
  /** Where it is mounted. */
  readonly path: string;
  /** The group that is mounted there: what is in front of it in the paths of processes is not to be seen. */
  readonly root: string;
  /** `unified` for version 2, else the names of its controllers. */
  readonly controllers: readonly string[];
}

/** The group of a process in one hierarchy. */
export interface ControlGroupPath {
  /** Empty for version 2. */
  readonly controllers: readonly string[];
  readonly path: string;
}

/**
 * Picks the hierarchies of control groups out of `/proc/self/mountinfo` (proc(5)).
 *
 * @param text content of the file
 */
export function parseControlGroupMounts(text: string): ControlGroupMount[] {
  return text.split("\n").flatMap((line) => {
    const [fields, kind, , options] = [line.split(" "), ...line.slice(line.indexOf(" - ") + 3).split(" ")];
    const [root, path] = [fields[3], fields[4]];
    if (root === undefined || path === undefined) return [];
    if (kind === "cgroup2") return [{ path, root, controllers: ["unified"] }];
    return kind === "cgroup" ? [{ path, root, controllers: (options ?? "").split(",") }] : [];
  });
}

/**
 * Parses `/proc/PID/cgroup` (cgroups(7)).
 *
 * @param text content of the file
 */
export function parseControlGroupPaths(text: string): ControlGroupPath[] {
  return text.split("\n").flatMap((line) => {
    const fields = /^\d+:([^:]*):(\/.*)$/.exec(line);
    if (fields === null) return [];
    return [{ controllers: fields[1] === "" ? [] : fields[1]!.split(","), path: fields[2]! }];
  });
}
