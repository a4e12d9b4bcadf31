import { isOnPath } from "../tests/support/is_on_path.ts";
import type { Figure, Measurement } from "./figure.ts";
import { inMs, medianInTurn, timeCommand } from "./measure.ts";
import { type CommandSource, suiteCommand, writeBundle } from "./suite_command.ts";

const TESTS = 1000;
const JOBS = 4;
const ROUNDS = 5;
const WARM_UPS = 1;

interface Peer {
  readonly what: string;
  readonly program: string;
  readonly args: readonly string[];
  /** How long ours may take, in parts of the peer's time. */
  readonly maxRatio: number | undefined;
}

const SOURCES: Readonly<Record<CommandSource, string>> = { bundle: "bundled", source: "from source" };

/** 1000 commands that end at once, 4 at a time, with output captured, a journal and a JUnit file, against other launchers. */
export const suiteTrue: Figure = {
  name: "suite_true",
  needs: ["xargs"],
  async measure() {
    const folder = await Deno.makeTempDir();
    try {
      await writeBundle();
      const peers = (await writePeers(folder)).filter(({ program }) => isOnPath(program));
      let session = 0;
      const timePrekill = async (source: CommandSource): Promise<number> => {
        const sessionDir = `${folder}/session-${++session}`;
        const { program, args } = suiteCommand(source, { list: `${folder}/list`, sessionDir, jobs: JOBS });
        const ms = await timeCommand(program, args, folder);
        await Deno.remove(sessionDir, { recursive: true });
        return ms;
      };
      const actions: Record<string, () => Promise<number>> = {
        bundle: () => timePrekill("bundle"),
        source: () => timePrekill("source"),
      };
      for (const { program, args } of peers) actions[program] = () => timeCommand(program, args);
      const times = await medianInTurn(ROUNDS, WARM_UPS, actions);
      return (["bundle", "source"] as const).flatMap((source) =>
        peers.map(({ what, program, maxRatio }): Measurement => {
          const ratio = times[source]! / times[program]!;
          return {
            what: `${TESTS} × /bin/true, ${JOBS} at a time, ${SOURCES[source]}`,
            median: inMs(times[source]!),
            peer: `${what}: ${inMs(times[program]!)}`,
            ratio,
            budget: maxRatio === undefined ? "" : `at most ${maxRatio} ×`,
            met: maxRatio === undefined ? undefined : ratio <= maxRatio,
          };
        })
      );
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
};

/** What each of the others needs to run the same. */
async function writePeers(folder: string): Promise<Peer[]> {
  const numbers = Array.from({ length: TESTS }, (_, index) => index);
  const list = `${folder}/list`;
  await Deno.writeTextFile(list, numbers.map((number) => `${number}\n`).join(""));
  await Deno.mkdir(`${folder}/t`);
  const script = `#!/bin/sh\necho 1..1\necho ok 1\n`;
  for (const number of numbers) {
    await Deno.writeTextFile(`${folder}/t/${number}.t`, script, { mode: 0o755 });
  }
  const ctest = numbers.map((number) => `add_test(test_${number} /bin/true)\n`).join("");
  await Deno.writeTextFile(`${folder}/CTestTestfile.cmake`, ctest);
  return [
    { what: "ctest -j4", program: "ctest", args: ["--test-dir", folder, "-j4"], maxRatio: 1 },
    // A test of its kind has to print something: that is sh's doing, and part of using it.
    { what: "prove -j4", program: "prove", args: ["-j4", "-e", "", `${folder}/t`], maxRatio: 0.4 },
    {
      what: "GNU parallel -j4",
      program: "parallel",
      args: ["-j4", "-a", list, "/bin/true"],
      maxRatio: 0.4,
    },
    {
      what: "xargs -P4, the floor",
      program: "xargs",
      args: ["-P4", "-n1", "-a", list, "/bin/true"],
      maxRatio: undefined,
    },
  ];
}
