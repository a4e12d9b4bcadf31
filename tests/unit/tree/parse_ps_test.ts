import { parsePsCommands, parsePsCookies, parsePsEntries } from "../../../src/tree/parse_ps.ts";
import { assertEquals } from "../../support/assert.ts";

const ENTRIES = `
    1     0     1      0 Ss   Wed Jan  7 08:00:01 2026     /sbin/launchd
 4321  4300  4321      0 S+   Sat Jan 31 10:15:00 2026     /Applications/My App.app/Contents/MacOS/My App
 4322  4321  4321      0 I    Sat Jan 31 10:15:02 2026     -zsh
 4323  4321  4321      0 Us   Sat Jan 31 10:15:02 2026     cat
 4324  4321  4321      0 Z    Sat Jan 31 10:15:02 2026     (sh)
`;

Deno.test("parsePsEntries() reads pid, parent, group, state, start and name", () => {
  assertEquals(parsePsEntries(ENTRIES).slice(0, 2), [
    {
      pid: 1,
      ppid: 0,
      pgid: 1,
      sid: 1,
      state: "S",
      startTime: Date.UTC(2026, 0, 7, 8, 0, 1),
      name: "launchd",
    },
    {
      pid: 4321,
      ppid: 4300,
      pgid: 4321,
      sid: 4321,
      state: "S",
      startTime: Date.UTC(2026, 0, 31, 10, 15, 0),
      name: "My App",
    },
  ]);
});

Deno.test("parsePsEntries() takes the group for the session, when ps prints a kernel address of digits only", () => {
  const [entry] = parsePsEntries(" 42  1  41  80321944 S  Sat Jan 31 10:15:00 2026  sleep");
  assertEquals(entry?.sid, 41);
});

Deno.test("parsePsEntries() gives states Linux's letters", () => {
  assertEquals(parsePsEntries(ENTRIES).map((entry) => entry.state).join(""), "SSSDZ");
});

Deno.test("parsePsEntries() skips lines of another form", () => {
  assertEquals(parsePsEntries("ps: illegal option\n\n"), []);
});

Deno.test("parsePsCommands() splits command lines by spaces", () => {
  assertEquals(
    parsePsCommands("    1 /sbin/launchd\n 4321 node test.js --only\n"),
    new Map([
      [1, ["/sbin/launchd"]],
      [4321, ["node", "test.js", "--only"]],
    ]),
  );
});

Deno.test("parsePsCookies() finds the cookies of an attempt and of outer ones", () => {
  const text =
    "    1 /sbin/launchd\n 4321 node test.js HOME=/root PREKILL_ID=abc PREKILL_OUTER_IDS=def,ghi TERM=xterm\n";
  assertEquals(parsePsCookies(text), new Map([[4321, "abc def,ghi"]]));
});
