import { programName } from "../../../src/hooks/diagnosis/program_name.ts";
import { assertEquals } from "../../support/assert.ts";

const NAMES: readonly [string, string][] = [
  ["node --test orders.test.js", "orders.test.js"],
  ["node --test tests", "node --test tests"],
  ["/usr/bin/node --require ./setup.js --test-reporter spec /app/main.mjs --port 1", "main.mjs"],
  ["python3 convert.py 12", "convert.py"],
  ["/opt/bin/python3.11 -m http.server 80", "python3.11 -m http.server"],
  ["python3 -u -X dev tools/x.py", "x.py"],
  ["deno run -A --config deno.json export.ts", "export.ts"],
  ["deno test -A", "deno test"],
  ["deno task build", "deno task build"],
  ["bun rollup.ts 2024", "rollup.ts"],
  ["bun run dev", "bun run dev"],
  ["bash -eu release.sh 1.0", "release.sh"],
  ["bash --noprofile --norc -eo pipefail step.sh", "step.sh"],
  ["-bash", "bash"],
  ["perl -I lib -w resize.pl dir 4", "resize.pl"],
  ["java -Xmx64m -cp . Teller", "Teller"],
  ["java -jar /srv/app.jar --verbose", "app.jar"],
  ["env -i A=1 node server.js", "server.js"],
  ["/usr/bin/sleep 900", "sleep"],
  ["nginx:", "nginx:"],
];

for (const [line, expected] of NAMES) {
  Deno.test(`programName() says "${expected}", for "${line}"`, () => {
    const command = line.split(" ");
    const name = command[0]!.replace(/^-/, "").split("/").at(-1)!;
    assertEquals(programName({ name, command }), expected);
  });
}

Deno.test("programName() shows the start of a one-liner, when the text is on the command line", () => {
  assertEquals(
    programName({ name: "sh", command: ["sh", "-c", "sleep 1000 | cat\nand more of the same"] }),
    "sh -c 'sleep 1000 | cat and mo…'",
  );
});

Deno.test("programName() believes the kernel, when a program has renamed itself", () => {
  assertEquals(programName({ name: "fan-worker", command: ["./fan.bin"], exe: "/x/fan.bin" }), "fan-worker");
});

Deno.test("programName() believes the command, when it was started under another name", () => {
  assertEquals(programName({ name: "multi", command: ["daemon", "x"], exe: "/x/multi" }), "daemon");
});

Deno.test("programName() shows control characters, when a name has some", () => {
  assertEquals(programName({ name: "a\x1b[2Jb", command: ["./a\x1b[2Jb"] }), "a\\x1b[2Jb");
});

Deno.test("programName() falls back to the kernel's name, when there is no command", () => {
  assertEquals(programName({ name: "kworker", command: [] }), "kworker");
});
