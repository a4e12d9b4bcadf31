import type { JavaScriptProcess } from "./javascript_process.ts";

/** Whether and how the inspector of a process can be reached. */
export type InspectorAccess =
  /** It is open, and stays open. */
  | { readonly kind: "open"; readonly port: number }
  /** SIGUSR1 opens it at this port, or at any when it is 0. */
  | { readonly kind: "signal"; readonly port: number }
  /** Somebody else has the port, who may let it go. */
  | { readonly kind: "taken"; readonly port: number }
  | { readonly kind: "refused"; readonly detail: string };

const DEFAULT_PORT = 9229;
const DISABLED = /(?:^| )--disable-sigusr1(?: |$)/;
const LOOPBACK = /^(?:127\.0\.0\.1|localhost)$/;
const DENO_SUBCOMMAND = /^(?:run|watch|test|bench|serve|eval|repl|task)$/;
/** `--inspect`, `--inspect-brk=0`, `--inspect-port=127.0.0.1:9230`, … as Node and Deno have them. */
const OPTION =
  /^--(inspect(?:-brk|-wait)?|inspect-port|debug-port)(?:=(?:(\[[^\]]*\]|[^:]*[^:\d][^:]*)(?::(\d+))?|(\d+)))?$/;

/**
 * Decides how to reach an inspector. Only Node is ever sent a signal, and only when it catches it and can answer.
 *
 * @param process what is known of it
 */
export function inspectorAccess(process: JavaScriptProcess): InspectorAccess {
  const { host, port, isOn } = readOptions(process);
  if (!process.isSameNetwork) {
    return {
      kind: "refused",
      detail: "its inspector cannot be reached: it runs in another network namespace",
    };
  }
  if (port !== 0 && process.ownPorts.includes(port)) return { kind: "open", port };
  // With port 0 the inspector is at the first port that it listens at, since it starts before the program.
  const first = process.ownPorts[0];
  if (isOn && port === 0 && first !== undefined) return { kind: "open", port: first };
  if (process.engine === "deno") {
    return {
      kind: "refused",
      detail: "Deno shows its stacks only when it was started with --inspect=127.0.0.1:0",
    };
  }
  if (!process.catchesSignal) {
    const why = DISABLED.test(`${process.nodeOptions} ${process.command.join(" ")}`)
      ? "it was started with --disable-sigusr1, so its inspector cannot be opened"
      : "it does not catch SIGUSR1, which would open its inspector";
    return { kind: "refused", detail: why };
  }
  if (process.blocksSignal) {
    return { kind: "refused", detail: "it blocks SIGUSR1, which would open its inspector" };
  }
  if (process.tracerPid !== 0) {
    const who = `a debugger (pid ${process.tracerPid})`;
    return {
      kind: "refused",
      detail: `${who} traces it, which would stop it at the signal for its inspector`,
    };
  }
  if (!LOOPBACK.test(host)) {
    return { kind: "refused", detail: "its inspector would be open to other machines" };
  }
  if (process.main.kind === "blocked") {
    return {
      kind: "refused",
      detail: `its main thread ${process.main.how}, so its inspector could not answer`,
    };
  }
  return process.takenPorts.includes(port) ? { kind: "taken", port } : { kind: "signal", port };
}

function readOptions(
  { engine, command, nodeOptions }: JavaScriptProcess,
): { host: string; port: number; isOn: boolean } {
  let [host, port, isOn] = ["127.0.0.1", DEFAULT_PORT, false];
  const words = engine === "node"
    ? [...nodeOptions.split(/\s+/), ...ownOptions(command)]
    : ownOptions(command);
  for (const word of words) {
    const match = OPTION.exec(word);
    if (match === null) continue;
    const [, name, givenHost, hostPort, onlyPort] = match;
    host = givenHost ?? host;
    port = Number(hostPort ?? onlyPort ?? port);
    isOn ||= name!.startsWith("inspect") && name !== "inspect-port";
  }
  return { host, port, isOn };
}

/** What stands before the script: options after it are the program's own. Deno's stand after its subcommand. */
function ownOptions(command: readonly string[]): readonly string[] {
  const words = command.slice(1);
  const at = words.findIndex((word) => !word.startsWith("-"));
  const start = at >= 0 && DENO_SUBCOMMAND.test(words[at]!) ? at + 1 : 0;
  const end = words.findIndex((word, index) => index >= start && !word.startsWith("-"));
  return words.slice(0, end < 0 ? undefined : end);
}
