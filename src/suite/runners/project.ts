/** What the folder of a test says about how it is run. */
export interface Project {
  /** Absolute path: tests are run there. Of a member of Deno's workspace it is the root, unless the run was started in the member. */
  readonly folder: string;
  /** It has a `deno.json`. */
  readonly deno?: DenoFacts | undefined;
  /** It has a `package.json`. */
  readonly packageJson?: PackageFacts | undefined;
}

/** What matters of a `deno.json`. */
export interface DenoFacts {
  /** What `deno test` is to be given, permissions among it. */
  readonly flags: readonly string[];
  /** Whether `deno test` would leave a file out that it finds, by its absolute path. */
  isExcluded(path: string): boolean;
}

/** What matters of a `package.json` and what lies beside it. */
export interface PackageFacts {
  /** The runner that its test script calls, or that is among its dependencies; undefined when neither tells. */
  readonly framework?: "vitest" | "jest" | "bun-test" | "node-test" | "deno-test" | undefined;
  /** A lockfile of Bun, in its folder or above. */
  readonly isBun: boolean;
  /** `tsx` is among its dependencies, which lets every Node run TypeScript. */
  readonly hasTsx: boolean;
  /** Its test script is a `node --test` that finds the tests itself, which takes more for a test than others. */
  readonly hasNodeFindTests: boolean;
}

/** What a Python project says. */
export interface PythonProject {
  readonly folder: string;
  /** Something in it is meant for pytest. */
  readonly usesPytest: boolean;
  /** Whether pytest would look there for tests, if it were asked for all of the project; the path is relative to it. */
  isInTestPaths(path: string): boolean;
  /** Absolute path of the interpreter of its own environment. */
  readonly python?: string | undefined;
}
