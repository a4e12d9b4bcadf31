import config from "../deno.json" with { type: "json" };

/** The command line, which is a program on npm. */
const COMMAND = "./cli";

/**
 * The modules that users import, as `deno.json` exports them.
 *
 * @returns paths from the root of the repository by what follows the package's name, such as `./hooks`; `.` is the whole
 */
export function entryPoints(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(config.exports).filter(([name]) => name !== COMMAND)
      .map(([name, path]) => [name, path.replace("./", "")]),
  );
}
