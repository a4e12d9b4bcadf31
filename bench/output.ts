import type { Figure } from "./figure.ts";
import { inMs, median, timeCommand } from "./measure.ts";

const BYTES = 2 * 1024 ** 3;
const SMALL_BYTES = 1024 ** 2;
const ROUNDS = 5;
const MIN_SPEED = 0.5;
/** More than this between 1 MiB and 2 GiB of output is not flat. */
const MAX_GROWTH_MIB = 16;

interface DriverFigures {
  readonly ms: number;
  readonly peakMib: number;
}

/** How fast 2 GiB of output reach a log, and what memory the driver needs for it. */
export const output: Figure = {
  name: "output",
  needs: ["head", "cat", "sh"],
  async measure() {
    const folder = await Deno.makeTempDir();
    try {
      const small = await runDriver(folder, SMALL_BYTES);
      const large: DriverFigures[] = [];
      const peers: number[] = [];
      for (let round = -1; round < ROUNDS; round++) {
        const figures = await runDriver(folder, BYTES);
        const peerMs = await timeCommand("sh", [
          "-c",
          `head -c ${BYTES} /dev/zero | cat > "$1"`,
          "sh",
          `${folder}/peer`,
        ]);
        await Deno.remove(`${folder}/peer`);
        if (round < 0) continue;
        large.push(figures);
        peers.push(peerMs);
      }
      const ms = median(large.map((one) => one.ms));
      const peerMs = median(peers);
      const peakMib = median(large.map((one) => one.peakMib));
      return [
        {
          what: "2 GiB of output into a log",
          median: inMs(ms),
          peer: `cat > file: ${inMs(peerMs)}`,
          ratio: ms / peerMs,
          budget: `at least ${MIN_SPEED} × the speed`,
          met: peerMs / ms >= MIN_SPEED,
        },
        {
          what: "peak memory of the driver, 2 GiB of output",
          median: `${peakMib.toFixed(0)} MiB`,
          peer: `with 1 MiB of output: ${small.peakMib.toFixed(0)} MiB`,
          ratio: peakMib / small.peakMib,
          budget: `at most ${MAX_GROWTH_MIB} MiB more`,
          met: peakMib - small.peakMib <= MAX_GROWTH_MIB,
        },
      ];
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
};

/** In a process of its own: its memory is the driver's. */
async function runDriver(folder: string, bytes: number): Promise<DriverFigures> {
  const script = new URL("output_driver.ts", import.meta.url).pathname;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", script, `${folder}/log`, String(bytes)],
    stdin: "null",
    stderr: "inherit",
  }).output();
  await Deno.remove(`${folder}/log`);
  return JSON.parse(new TextDecoder().decode(stdout));
}
