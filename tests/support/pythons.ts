/** A Python that is installed here. */
export interface InstalledPython {
  readonly path: string;
  /** Such as [3, 11]. */
  readonly version: readonly [number, number];
}

/** Paths of further ones, with a colon between them, such as those of a newer system in a folder of its own. */
const MORE = "PREKILL_TEST_PYTHONS";

/** Every Python on this machine: those in `PATH`, the system's, those of pyenv and what an environment variable names. */
export function installedPythons(): readonly InstalledPython[] {
  const home = Deno.env.get("HOME") ?? "";
  const managed = `${home}/.pyenv/versions`;
  const candidates = [
    "python3",
    "/usr/bin/python3",
    ...namesIn(managed).map((name) => `${managed}/${name}/bin/python`),
  ];
  const found = new Map<string, InstalledPython>();
  for (const candidate of candidates) {
    const [path, major, minor] = ask(candidate);
    if (path === undefined || found.has(path)) continue;
    found.set(path, { path, version: [Number(major), Number(minor)] });
  }
  for (const path of (Deno.env.get(MORE) ?? "").split(":").filter(Boolean)) {
    // What it says of its own path is true in its folder only.
    const [, major, minor] = ask(path);
    if (major !== undefined) found.set(path, { path, version: [Number(major), Number(minor)] });
  }
  return [...found.values()];
}

function ask(command: string): string[] {
  const script =
    "import os, sys; print('%s %d %d' % ((os.path.realpath(sys.executable),) + sys.version_info[:2]))";
  try {
    const { success, stdout } = new Deno.Command(command, { args: ["-c", script], stderr: "null" })
      .outputSync();
    return success ? new TextDecoder().decode(stdout).trim().split(" ") : [];
  } catch {
    return [];
  }
}

function namesIn(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  } catch {
    return [];
  }
}
