import npm from "../package.json" with { type: "json" };
import { toolOutput } from "./tool_output.ts";

const ROOT = new URL("..", import.meta.url).pathname;
/** Tested beside the one of `package.json`. */
const PINNED: Readonly<Record<string, string>> = {
  "18": "18.20.8",
  "20": "20.20.2",
  "22": "22.23.3",
  "24": npm.optionalDependencies.node,
};

/**
 * A Node of a major version: the one of `npm install` or on `PATH`, else one that npm brings into `dist/node`.
 *
 * @param major such as `20`, a key of `PINNED`
 * @returns its absolute path; undefined when there is none and npm cannot bring it
 */
export async function nodeProgram(major: string): Promise<string | undefined> {
  const folder = `${ROOT}dist/node/${major}`;
  const brought = `${folder}/node_modules/node/bin/node`;
  for (const candidate of [`${ROOT}node_modules/.bin/node`, "node", `node${major}`, brought]) {
    const path = await pathOf(candidate, major);
    if (path !== undefined) return path;
  }
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(`${folder}/package.json`, '{ "private": true }\n');
  const install = ["install", "--no-audit", "--no-fund", "--ignore-scripts", `node@${PINNED[major]}`];
  if (!(await toolOutput("npm", install, folder)).success) return undefined;
  // What the package does after its installation.
  await toolOutput("node", ["installArchSpecificPackage.js"], `${folder}/node_modules/node`);
  return await pathOf(brought, major);
}

/** A `node` may be a script that starts another one: the program itself is asked for. */
async function pathOf(program: string, major: string): Promise<string | undefined> {
  const { success, text } = await toolOutput(program, ["-p", "process.version + ' ' + process.execPath"]);
  const [version = "", path] = text.trim().split(/\s+/);
  return success && version.startsWith(`v${major}.`) ? path : undefined;
}
