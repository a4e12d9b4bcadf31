import { waitUntil } from "../tests/support/wait_until.ts";

const FOLDER = new URL("hung/", import.meta.url).pathname;

/** Ways in which the programs of `bench/hung` hang, by what runs them. */
const WAYS = {
  python: ["locks", "queue", "peer", "tasks"],
  node: ["silentServer", "lostPromise", "blockedMain", "idleWorker", "endlessLoop"],
  java: ["locks", "queue", "future", "accept", "sleep"],
  native: ["locks", "pipe", "peer", "change", "sleep"],
};

/** A hung program with its descendants. */
export interface HungProgram extends AsyncDisposable {
  readonly pid: number;
}

/** Builds and starts hung programs. Disposing of it removes what was built. */
export interface HungPrograms extends AsyncDisposable {
  /** Twenty processes: five of each language, the first of which has started the others. */
  startMixedTree(): Promise<HungProgram>;
  /** As many idle Node programs, below a process that waits for them. */
  startNodes(count: number): Promise<HungProgram>;
  /** One Python program. */
  startPython(way: "queue" | "tasks"): Promise<HungProgram>;
}

/** Builds the Java and the native program. */
export async function buildHungPrograms(): Promise<HungPrograms> {
  const built = await Deno.makeTempDir({ prefix: "prekill-bench-" });
  const native = `${built}/waits`;
  await run("gcc", ["-g", "-O1", "-pthread", "-o", native, `${FOLDER}waits.c`]);
  await run("javac", ["-g", "-d", built, `${FOLDER}Waits.java`]);
  const commands = {
    python: (way: string) => ["python3", `${FOLDER}waits.py`, way],
    node: (way: string) => ["node", `${FOLDER}waits.cjs`, way],
    java: (way: string) => ["java", "-Xmx32m", "-cp", built, "Waits", way],
    native: (way: string) => [native, way],
  };
  const mixed = (Object.keys(WAYS) as (keyof typeof WAYS)[])
    .flatMap((language) => WAYS[language].map((way) => commands[language](way)));
  return {
    startMixedTree: () => startTree(mixed),
    startNodes: (count) => startTree(Array.from({ length: count }, () => commands.node("silentServer"))),
    startPython: (way) => start(commands.python(way), 1),
    [Symbol.asyncDispose]: () => Deno.remove(built, { recursive: true }),
  };
}

function startTree(commands: readonly string[][]): Promise<HungProgram> {
  return start(["python3", `${FOLDER}tree.py`, JSON.stringify(commands)], commands.length + 1);
}

async function start(command: readonly string[], readyCount: number): Promise<HungProgram> {
  const [program, ...args] = command;
  const child = new Deno.Command(program!, {
    args,
    detached: true,
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let text = "";
  const reading = (async () => {
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) text += chunk;
  })();
  const ended = async (): Promise<void> => {
    Deno.kill(-child.pid, "SIGKILL");
    await Promise.all([child.status, reading]);
  };
  try {
    await waitUntil(`${readyCount} programs are ready`, () => text.split("ready").length > readyCount);
  } catch (error) {
    await ended();
    throw error;
  }
  return { pid: child.pid, [Symbol.asyncDispose]: ended };
}

async function run(program: string, args: readonly string[]): Promise<void> {
  const { success } = await new Deno.Command(program, { args: [...args], stderr: "inherit" }).output();
  if (!success) throw new Error(`Cannot build the programs of "${FOLDER}": ${program} says why above`);
}
