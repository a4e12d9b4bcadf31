/**
 * The rules of the house as a lint plugin: which room may import which, where the host may be named, how long a file
 * may be. `deno lint` runs it; `tests/unit/house_test.ts` proves it.
 */

const MAX_LINES = 250;
/** Programs of their own, unpacked and run by whatever runtime they are for: of no room. */
const RUNNER_PROGRAM = /\/src\/prespawn\/runners\//;
const HOST_GLOBALS = new Set(["Deno", "Bun", "process", "console"]);
/** What Deno has and Node 20, which runs the bundle, has not; and what to use instead. */
const MISSING_IN_NODE_20 = new Map([
  ["Map.groupBy", "src/std/group_by.ts"],
  ["Object.groupBy", "src/std/group_by.ts"],
  ["Promise.withResolvers", "src/std/with_resolvers.ts"],
  ["Promise.try", "new Promise((resolve) => resolve(…))"],
  ["Array.fromAsync", "a loop"],
  ["RegExp.escape", "a replace"],
]);

/** Methods of iterators that Node 20 has on arrays only. */
const ITERATOR_METHODS = new Set(
  "map filter some every find reduce flatMap forEach take drop toArray".split(" "),
);
const GIVES_ITERATOR = new Set(["values", "keys", "entries"]);

/** The rooms that each room may import, itself and the rooms below. Rooms that are not listed may import anything. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  std: ["std"],
  leaves: ["leaves", "std"],
  runtime: ["leaves", "std", "runtime"],
  tree: ["leaves", "std", "runtime", "tree"],
  hooks: ["leaves", "std", "runtime", "tree", "hooks"],
  prespawn: ["leaves", "std", "runtime", "tree", "prespawn"],
  driver: ["leaves", "std", "runtime", "tree", "hooks", "driver"],
  suite: ["leaves", "std", "runtime", "tree", "hooks", "prespawn", "driver", "suite"],
  report: ["leaves", "std", "report"],
};

/**
 * The room of the house that a file stands in.
 *
 * @param path absolute path or URL of the file, with forward slashes
 * @returns the folder below `src`, `leaves` for the files directly in `src`; undefined for a file outside of `src` and for
 * the programs of runners
 */
export function roomOf(path: string): string | undefined {
  if (RUNNER_PROGRAM.test(path)) return undefined;
  const inside = /\/src\/(?:([^/]+)\/)?[^/]*\.ts$/.exec(path.replace(/\/src\/([^/]+)\/.*\//, "/src/$1/"));
  if (inside === null) return undefined;
  return inside[1] ?? "leaves";
}

/**
 * The absolute path that an import means.
 *
 * @param from absolute path of the importing file
 * @param specifier what stands after `from`
 * @returns the path; undefined when the specifier is not relative
 */
export function resolveImport(from: string, specifier: string): string | undefined {
  if (!/^\.\.?\//.test(specifier)) return undefined;
  return new URL(specifier, `file://${encodeURI(from)}`).pathname;
}

function layerProblem(path: string, specifier: string): string | undefined {
  const room = roomOf(path);
  const target = resolveImport(path, specifier);
  const allowed = room === undefined ? undefined : MAY_IMPORT[room];
  // Data is of no room: it imports nothing.
  if (allowed === undefined || target === undefined || target.endsWith(".json")) return undefined;
  if (room === "prespawn" && RUNNER_PROGRAM.test(target)) return undefined;
  const targetRoom = roomOf(target);
  if (targetRoom !== undefined && allowed.includes(targetRoom)) return undefined;
  return `Cannot import "${specifier}": ${room} may import ${
    allowed.join(", ")
  } only; pass what is needed as an argument`;
}

/** Calls back with each import and re-export of a file: static, dynamic with a literal, of values and of types. */
export function importVisitor(
  found: (node: Deno.lint.Node, specifier: string) => void,
): Deno.lint.LintVisitor {
  return {
    ImportDeclaration: (node) => found(node, node.source.value),
    ExportNamedDeclaration: (node) => {
      if (node.source) found(node, String(node.source.value));
    },
    ExportAllDeclaration: (node) => found(node, node.source.value),
    ImportExpression: (node) => {
      if (node.source.type === "Literal" && typeof node.source.value === "string") {
        found(node, node.source.value);
      }
    },
  };
}

/** Whether an identifier is where a variable or parameter gets its name: a local `process` is not the host's. */
function bindsName(node: Deno.lint.Identifier): boolean {
  const parent = node.parent;
  switch (parent.type) {
    case "VariableDeclarator":
      return parent.id === node;
    case "ArrowFunctionExpression":
    case "FunctionExpression":
    case "FunctionDeclaration":
      return parent.params.includes(node);
    case "Property":
      return parent.parent.type === "ObjectPattern";
    default:
      return parent.type === "ArrayPattern";
  }
}

/** Such as `map.values().some`; `Object.values(map)`, which has an argument, is an array. */
function isIteratorMethod({ object, property }: Deno.lint.MemberExpression): boolean {
  if (property.type !== "Identifier" || !ITERATOR_METHODS.has(property.name)) return false;
  if (object.type !== "CallExpression" || object.arguments.length > 0) return false;
  const { callee } = object;
  return callee.type === "MemberExpression" && callee.property.type === "Identifier" &&
    GIVES_ITERATOR.has(callee.property.name);
}

const plugin: Deno.lint.Plugin = {
  name: "house",
  rules: {
    "layers": {
      create: (context) =>
        importVisitor((node, specifier) => {
          const message = layerProblem(context.filename, specifier);
          if (message !== undefined) context.report({ node, message });
        }),
    },
    "host-names": {
      create: (context) => {
        const room = roomOf(context.filename);
        if (room === undefined || room === "runtime") return {};
        const report = (node: Deno.lint.Node, name: string): void =>
          context.report({
            node,
            message:
              `Cannot use "${name}": the host is named in src/runtime only; ask the Runtime port for it`,
          });
        const imports = importVisitor((node, specifier) => {
          if (/^(node|bun):/.test(specifier)) report(node, specifier);
        });
        const uses: [Deno.lint.Node, string][] = [];
        const ownNames = new Set<string>();
        return {
          ...imports,
          MemberExpression: (node) => {
            if (node.object.type === "Identifier") uses.push([node, node.object.name]);
          },
          Identifier: (node) => {
            if (bindsName(node)) ownNames.add(node.name);
          },
          "Program:exit": () => {
            for (const [node, name] of uses) {
              if (HOST_GLOBALS.has(name) && !ownNames.has(name)) report(node, `${name}.`);
            }
          },
        };
      },
    },
    "node-20": {
      create: (context) => {
        if (roomOf(context.filename) === undefined) return {};
        return {
          VariableDeclaration: (node) => {
            if (node.kind !== "using" && node.kind !== "await using") return;
            context.report({
              node,
              message: `Cannot use "${node.kind}": Node 20 cannot read it; use try and finally`,
            });
          },
          MemberExpression: (node) => {
            if (isIteratorMethod(node)) {
              const message =
                "Cannot use methods of iterators: Node 20 lacks them; make an array of it first";
              return context.report({ node, message });
            }
            if (node.object.type !== "Identifier" || node.property.type !== "Identifier") return;
            const name = `${node.object.name}.${node.property.name}`;
            const instead = MISSING_IN_NODE_20.get(name);
            if (instead === undefined) return;
            context.report({ node, message: `Cannot use "${name}": Node 20 lacks it; use ${instead}` });
          },
        };
      },
    },
    "file-length": {
      create: (context) => ({
        Program: (node) => {
          const lines = context.sourceCode.text.replace(/\n$/, "").split("\n").length;
          if (lines <= MAX_LINES) return;
          context.report({
            node,
            message:
              `Cannot keep ${lines} lines in one file: ${MAX_LINES} are allowed; move the second thing out`,
          });
        },
      }),
    },
  },
};

export default plugin;
