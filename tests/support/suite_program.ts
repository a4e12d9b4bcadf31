/** A program that runs `sh -c SCRIPT` twice as tests, for tests that kill the driver: prints its events. */
import { runSuite } from "../../src/suite/run_suite.ts";
import { shellTest } from "./run_events.ts";

const [script, sessionDir] = Deno.args as [string, string];
const tests = ["a", "b"].map((name) => shellTest(name, script));
for await (const event of runSuite(tests, { sessionDir, jobs: 2 })) console.log(JSON.stringify(event));
Deno.exit(0);
