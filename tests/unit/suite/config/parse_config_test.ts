import { parseConfig } from "../../../../src/suite/config/parse_config.ts";
import { UsageError } from "../../../../src/errors.ts";
import { assertEquals, assertThrows } from "../../../support/assert.ts";

const PATH = "/project/prekill.json";

function refuses(text: string, message: string): void {
  const error = assertThrows(() => parseConfig(text, PATH), UsageError);
  assertEquals(error.message, `Cannot use ${PATH}:${message}`);
}

Deno.test("parseConfig() reads defaults, overrides and groups, with comments and trailing commas", () => {
  const config = parseConfig(
    `{
      // How long a test may run.
      "$schema": "https://example.org/prekill.schema.json",
      "timeout": "1m30s", "grace": 2.5, "jobs": 4, "retries": 1, "retryAtEnd": true,
      "groups": { "db": 1, },
      "files": "tests", "exclude": ["fixtures/**"],
      "overrides": [
        { "files": "*_slow_test.ts", "timeout": 0, "group": "db", "env": { "A": "1", "B": null } },
        { "files": ["a/**", "b/**"], "runner": "node-test", "serial": true, "skip": "broken", "hooksDir": "hooks" },
      ],
    }`,
    PATH,
  );
  assertEquals(config, {
    path: PATH,
    folder: "/project",
    run: { jobs: 4, groups: { db: 1 }, retryAtEnd: true },
    tests: { timeoutMs: 90_000, graceMs: 2500, retries: 1 },
    overrides: [
      { files: ["*_slow_test.ts"], timeoutMs: 0, group: "db", env: { A: "1", B: undefined } },
      {
        files: ["a/**", "b/**"],
        runner: "node-test",
        isSerial: true,
        skip: "broken",
        hooksDir: "/project/hooks",
      },
    ],
    files: ["tests"],
    exclude: ["fixtures/**"],
  });
});

Deno.test("parseConfig() takes an empty object", () => {
  const empty = {
    path: PATH,
    folder: "/project",
    run: {},
    tests: {},
    overrides: [],
    files: undefined,
    exclude: [],
  };
  assertEquals(parseConfig("{}", PATH), empty);
});

Deno.test("parseConfig() says where an unknown key is, and which one was meant", () => {
  refuses('{\n  "timout": 1\n}', '2:3: there is no key "timout" here; did you mean "timeout"?');
  refuses(
    '{"overrides": [{"files": "*", "jobs": 2}]}',
    '1:31: there is no key "jobs" here; there are files, timeout, idleTimeout, startupTimeout, slowAfter, grace, retries, env, runner, group, serial, expectTimeout, skipCodes, hooksDir, preKillCommand, preload, warmRunner, skip, prespawn',
  );
});

Deno.test("parseConfig() says what a value should have been", () => {
  const durations = 'it must be a duration, such as "250ms", "10s", "1m30s" or a number of seconds';
  refuses('{"timeout": "soon"}', `1:13: "timeout": ${durations}, not "soon"`);
  refuses('{"timeout": -1}', `1:13: "timeout": ${durations}, not -1`);
  refuses('{"jobs": 0}', '1:10: "jobs": it must be a whole number from 1 on, not 0');
  refuses('{"serial": "yes"}', '1:12: "serial": it must be true or false, not "yes"');
  refuses(
    '{"leaks": "kil"}',
    '1:11: "leaks": it must be one of kill, keep, fail, not "kil"; did you mean "kill"?',
  );
  refuses(
    '{"groups": {"db": "1"}}',
    '1:12: "groups": it must be names with a whole number from 1 on each; "db" has "1"',
  );
  refuses(
    '{"env": {"A=B": "1"}}',
    '1:9: "env": it must be names of variables with a text or null each; "A=B" has "1"',
  );
  refuses('{"exclude": []}', '1:13: "exclude": it must be a glob or a list of globs, not an empty list');
});

Deno.test("parseConfig() says where the syntax is wrong", () => {
  refuses("", "1:1: it is empty; write {} for no settings");
  refuses('{"jobs": 1', "1:11: a closing brace } was expected");
  refuses('{\n"jobs" 1}', "2:8: a colon was expected");
  refuses('{"jobs": yes}', "1:10: a value was expected, such as a number, true, or a text in double quotes");
  refuses("{'jobs': 1}", "1:2: a value was expected, such as a number, true, or a text in double quotes");
  refuses("[]", "1:1: an object in braces {} was expected");
});

Deno.test("parseConfig() refuses keys that are there twice, and overrides without files", () => {
  refuses('{"jobs": 1, "jobs": 2}', '1:13: the key "jobs" is there twice');
  refuses('{"overrides": [{}]}', '1:16: an override needs "files", the globs it is for');
  refuses('{"overrides": {}}', '1:15: "overrides" must be a list of objects, each with "files"');
  refuses('{"overrides": [1]}', "1:16: an object in braces {} was expected");
});

Deno.test("parseConfig() does not fall for names of JavaScript, nor for deep nesting", () => {
  refuses(
    '{"__proto__": 1}',
    `1:2: there is no key "__proto__" here; ${parseError('{"zzzzzzzzzzz": 1}').replace(/^.*here; /, "")}`,
  );
  assertThrows(() => parseConfig("[".repeat(200_000), PATH), UsageError);
});

function parseError(text: string): string {
  return assertThrows(() => parseConfig(text, PATH), UsageError).message;
}
