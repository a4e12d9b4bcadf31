import { cliCommand } from "./run_cli.ts";
import { withTempDir } from "./with_temp_dir.ts";

/** A folder to work in, and how to run programs there that find `prekill` on their `PATH`. */
export interface PrekillFolder {
  /** Absolute path; removed after the test. */
  readonly cwd: string;
  /** Absolute path of the folder with `prekill` in it. */
  readonly bin: string;
  /** Runs a program to its end, with nothing on its standard input; its output is that of both streams. */
  run(
    command: readonly [string, ...string[]],
    env?: Readonly<Record<string, string>>,
  ): Promise<{ readonly code: number; readonly output: string }>;
}

/**
 * Runs a test with a copy of a folder of this repository, and `prekill` on the `PATH` of what it starts.
 *
 * @param example path of the folder to copy, from the root; undefined for an empty one
 * @param test gets the folder
 */
export async function withPrekillOnPath(
  example: string | undefined,
  test: (folder: PrekillFolder) => Promise<void>,
): Promise<void> {
  await withTempDir(async (directory) => {
    const [cwd, bin] = [`${directory}/work`, `${directory}/bin`];
    Deno.mkdirSync(cwd);
    Deno.mkdirSync(bin);
    if (example !== undefined) copy(new URL(`../../${example}/`, import.meta.url), cwd);
    const words = cliCommand([]).map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
    Deno.writeTextFileSync(`${bin}/prekill`, `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 });
    await test({
      cwd,
      bin,
      run: async ([program, ...args], env = {}) => {
        const { code, stdout, stderr } = await new Deno.Command(program, {
          args,
          cwd,
          env: { PATH: `${bin}:${Deno.env.get("PATH")}`, ...env },
          stdin: "null",
        }).output();
        const [out, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
        return { code, output: `${out}${errors}` };
      },
    });
  });
}

function copy(from: URL, to: string): void {
  for (const { name, isFile } of Deno.readDirSync(from)) {
    if (isFile) Deno.copyFileSync(new URL(name, from), `${to}/${name}`);
  }
}
