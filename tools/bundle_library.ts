import { rolldown } from "rolldown";
import { BUNDLED_PACKAGES } from "./bundled_packages.ts";
import { RUNNER_TEXTS } from "./runner_texts.ts";

const ROOT = new URL("..", import.meta.url).pathname;

/**
 * Writes modules that are imported, not run, as JavaScript in few files, with what they share in files of its own.
 *
 * @param entries paths from the root of the repository by the name of their file, without `.js`
 * @param folder where they go
 */
export async function bundleLibrary(
  entries: Readonly<Record<string, string>>,
  folder: string,
): Promise<void> {
  const bundle = await rolldown({
    input: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, ROOT + path])),
    platform: "neutral",
    external: [/^node:/],
    resolve: { alias: { ...BUNDLED_PACKAGES } },
    plugins: [RUNNER_TEXTS],
    logLevel: "silent",
  });
  await bundle.write({
    dir: folder,
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "parts/[name].js",
    // The reports are pure, and load nothing of the host.
    codeSplitting: { groups: [{ name: "leaves", test: /\/src\/[^/]+\.ts$/ }] },
  });
  await bundle.close();
}
