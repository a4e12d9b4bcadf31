/** What a person at a terminal does: waits for a text, then types. */
export type TerminalStep = readonly [waitFor: string, type: string];

/** What came of it. */
export interface TerminalResult {
  /** Negative: the signal that ended the program. */
  readonly code: number;
  /** All that appeared, what was typed included. */
  readonly screen: string;
}

/** Runs a command as leader of a session with a terminal of 33 lines and 77 columns; prints the result as JSON. */
const PROGRAM = `
import fcntl, json, os, pty, select, struct, sys, termios, time
command, steps, deadline_s = json.loads(sys.argv[1]), json.loads(sys.argv[2]), float(sys.argv[3])
pid, terminal = pty.fork()
if pid == 0:
    os.read(0, 1)
    os.execvp(command[0], command)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 33, 77, 0, 0))
os.write(terminal, b"\\n")
end = time.monotonic() + deadline_s
screen, seen, closed = b"", 0, False
def read():
    global screen, closed
    if time.monotonic() > end:
        os.kill(pid, 9)
        sys.exit("waited in vain; the screen was: " + repr(screen))
    if not select.select([terminal], [], [], 0.1)[0]: return
    try: data = os.read(terminal, 65536)
    except OSError: data = b""
    screen += data
    closed = data == b""
for wait_for, keys in steps:
    while screen.find(wait_for.encode(), seen) < 0 and not closed: read()
    seen = screen.find(wait_for.encode(), seen) + len(wait_for)
    if not closed: os.write(terminal, keys.encode())
while not closed: read()
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
print(json.dumps({"code": code, "screen": screen.decode().replace("\\r\\n", "\\n")}))
`;

/** Only a broken program ever takes so long. */
const DEADLINE_S = 60;

/**
 * Runs a command in a terminal of 33 lines and 77 columns, with somebody who types. Needs `python3`.
 *
 * @param command program and arguments
 * @param steps what is typed, and what is waited for before
 * @returns how it ended and what appeared
 */
export async function runInTerminal(
  command: readonly string[],
  steps: readonly TerminalStep[],
): Promise<TerminalResult> {
  const { success, stdout, stderr } = await new Deno.Command("python3", {
    args: ["-c", PROGRAM, JSON.stringify(command), JSON.stringify(steps), String(DEADLINE_S)],
    // A terminal with colours, whatever the tests run under.
    env: { NO_COLOR: "", TERM: "xterm-256color" },
    stdin: "null",
  }).output();
  if (!success) throw new Error(`Cannot run in a terminal: ${new TextDecoder().decode(stderr)}`);
  return JSON.parse(new TextDecoder().decode(stdout));
}
