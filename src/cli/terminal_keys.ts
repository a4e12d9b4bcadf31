import type { Child, Runtime } from "../runtime/port.ts";

/** Keys that are told as they are pressed, without Enter. */
export interface TerminalKeys {
  /** Gives the terminal back as it was found. */
  close(): Promise<void>;
}

/**
 * Sets the terminal to tell each key at once, copies what is typed to standard output until standard input ends, and sets
 * it back. A process of its own does so even when prekill is killed; signals of the terminal are prekill's to answer. In
 * the background the terminal belongs to somebody else, and is left alone. A bar that was cut off has hidden the cursor.
 */
const PROGRAM = `
if read -r _ _ _ _ group _ _ front _ 2>/dev/null </proc/self/stat; then :; else
  group=$(ps -o pgid= -p $$) front=$(ps -o tpgid= -p $$)
fi
[ "$((group))" = "$((front))" ] && saved=$(stty -g </dev/tty) || exit
trap '' INT QUIT TSTP TTOU HUP TERM
stty -icanon -echo </dev/tty
cat </dev/tty &
cat >/dev/null
kill -KILL $!
stty "$saved" </dev/tty
[ "$TERM" = dumb ] || printf '\\033[?25h' >/dev/tty
`;

/**
 * Listens to the keys of the terminal that prekill is in the foreground of. Ctrl-C and Ctrl-Z stay signals.
 *
 * @param runtime the host
 * @param onKey called with each character that is typed
 * @returns the caller closes it before this process ends or stops; undefined without a terminal, or without `sh`
 */
export function listenToKeys(runtime: Runtime, onKey: (key: string) => void): TerminalKeys | undefined {
  if (runtime.os === "windows" || !runtime.isTerminal("stdin")) return undefined;
  let child: Child;
  try {
    child = runtime.spawn({
      program: "/bin/sh",
      args: ["-c", PROGRAM],
      newSession: false,
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    });
  } catch {
    return undefined;
  }
  const reading = tellKeys(child.stdout!, onKey);
  let isClosed = false;
  return {
    async close() {
      if (isClosed) return;
      isClosed = true;
      await child.stdin!.close().catch(() => {});
      await child.exited;
      await reading;
    },
  };
}

async function tellKeys(typed: ReadableStream<Uint8Array>, onKey: (key: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  try {
    for await (const bytes of typed) for (const key of decoder.decode(bytes, { stream: true })) onKey(key);
  } catch {
    // Without keys there are still the signals.
  }
}
