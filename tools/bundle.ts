/**
 * `deno task bundle [FOLDER]`: writes the command line as JavaScript to `dist/bundle`, or to another folder, and `prekill`
 * beside it, which starts it.
 */
import { bundleProgram } from "./bundle_program.ts";

const [folder = new URL("../dist/bundle", import.meta.url).pathname] = Deno.args;

/**
 * The command for Unix. The bundle needs no configuration and no packages, and Deno need not look for them. A larger nursery than 4 MiB
 * (each half) makes a run of thousands of tests no quicker, and takes 50 MiB more.
 */
const LAUNCHER = `#!/bin/sh
case $0 in
  timeout | */timeout) export PREKILL_ARGV0="$0" ;;
esac
file=$0
while [ -h "$file" ]; do
  target=$(readlink "$file")
  case $target in
    /*) file=$target ;;
    *) file=\${file%/*}/$target ;;
  esac
done
case $file in
  */*) folder=\${file%/*} ;;
  *) folder=. ;;
esac
exec deno run -A --no-config --no-npm --no-lock --v8-flags=--max-semi-space-size=4 "$folder/prekill.js" "$@"
`;

const { entryPath, names, totalBytes } = await bundleProgram({ folder });
Deno.writeTextFileSync(`${folder}/prekill`, LAUNCHER, { mode: 0o755 });
// Node takes the files for CommonJS otherwise, in a folder of no project.
Deno.writeTextFileSync(`${folder}/package.json`, '{ "type": "module" }\n');
console.log(`${entryPath}: ${names.length} files, ${Math.round(totalBytes / 1024)} KiB`);
