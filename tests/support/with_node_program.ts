import { host } from "../../src/runtime/host.ts";
import { withTempDir } from "./with_temp_dir.ts";

/** A Node program that runs. */
export interface NodeProgram {
  readonly pid: number;
  /** Ends its standard input, which is how a program here is told to come to its end. */
  finish(): Promise<NodeEnd>;
}

/** How it came to its end. */
export interface NodeEnd {
  readonly code: number;
  readonly stdout: string;
  /** Without the lines that Node itself writes when its inspector is opened. */
  readonly ownStderr: string;
  readonly stderr: string;
}

/** What a test says of a program. */
export interface NodeProgramOptions {
  /** Before the script; the inspector is at a free port when left out. */
  readonly flags?: readonly string[];
  /** Instead of Node. */
  readonly program?: readonly string[];
  /** Texts of files beside the program, by name. */
  readonly files?: Readonly<Record<string, string>>;
}

/**
 * Runs a test beside a program that has written "READY" as its first line. It is killed afterwards.
 *
 * @param script the program, CommonJS
 * @param test gets the program
 * @param options how to start it
 */
export async function withNodeProgram(
  script: string,
  test: (program: NodeProgram) => Promise<void>,
  { flags = ["--inspect-port=0"], program = ["node"], files = {} }: NodeProgramOptions = {},
): Promise<void> {
  await withTempDir(async (directory) => {
    const path = `${directory}/program.cjs`;
    await Deno.writeTextFile(path, script);
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(`${directory}/${name}`, text);
    }
    const child = new Deno.Command(program[0]!, {
      args: [...program.slice(1), ...flags, path],
      cwd: directory,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const stderr = new Response(child.stderr).text();
    const stdout = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    let isClosed = false;
    let text = "";
    const read = async (until: (text: string) => boolean): Promise<void> => {
      while (!until(text)) {
        const { value, done } = await stdout.read();
        if (done) break;
        text += value;
      }
    };
    try {
      await read((text) => text.includes("READY\n"));
      await test({
        pid: child.pid,
        async finish() {
          isClosed = true;
          await child.stdin.close();
          await read(() => false);
          const all = await stderr;
          const { code } = await child.status;
          return { code, stdout: text, stderr: all, ownStderr: all.replaceAll(INSPECTOR_LINES, "") };
        },
      });
    } finally {
      if (!isClosed) await child.stdin.close();
      host.kill(child.pid, "SIGKILL");
      await child.status;
      await read(() => false);
      await stderr;
    }
  });
}

const INSPECTOR_LINES =
  /^(Debugger (listening on|ending on) .*|For help, see: .*|Debugger attached\.|Waiting for the debugger.*)\n/gm;
