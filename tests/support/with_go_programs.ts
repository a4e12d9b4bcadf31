import { isOnPath } from "./is_on_path.ts";
import { withTempDir } from "./with_temp_dir.ts";

/** Whether Go programs can be built and looked at here. */
export const IGNORE_GO: boolean = Deno.build.os !== "linux" || !isOnPath("go") || !isOnPath("gcc");

/**
 * Builds `tests/fixtures/go/waits.go` and runs a test with the programs, which are removed afterwards.
 *
 * @param flags of `go build`, by the name of the program
 * @param test gets the folder that they are in
 */
export function withGoPrograms(
  flags: Readonly<Record<string, readonly string[]>>,
  test: (directory: string) => Promise<void>,
): Promise<void> {
  const source = new URL("../fixtures/go/waits.go", import.meta.url).pathname;
  return withTempDir(async (directory) => {
    for (const [name, args] of Object.entries(flags)) {
      const { success } = await new Deno.Command("go", {
        args: ["build", ...args, "-o", `${directory}/${name}`, source],
        env: {
          GOCACHE: `${directory}/cache`,
          GOPATH: `${directory}/path`,
          GO111MODULE: "off",
          GOFLAGS: "",
          GOTOOLCHAIN: "local",
        },
        stderr: "inherit",
      }).output();
      if (!success) throw new Error(`Cannot build "${source}": see the compiler's message above`);
    }
    await test(directory);
  });
}
